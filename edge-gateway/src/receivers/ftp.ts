/**
 * Takes the files that cameras upload by FTP (RFC 959, RFC 2428), and holds none: no folder of this machine is seen or written.
 * Folders are made and changed into by name only, because cameras want to; data comes passively, from the same address.
 */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { plainAddress } from "../sensors/listen.ts";
import type { Door } from "./door.ts";
import { connectionsMax, type Receiver, type ReceiverOptions, silentMsMax } from "./smtp.ts";
import { picturesIn, uploadBytesMax } from "./upload.ts";

const lineBytesMax = 1_024;
const wrongMax = 3;

type Session = {
  socket: Socket;
  door: Door;
  user: string;
  camera: string | undefined;
  wrong: number;
  data: Passive | undefined;
  onUpload: ReceiverOptions["onUpload"];
};

/** A port that waits for one connection of the camera's. */
type Passive = { port: number; connected: Promise<Socket>; close(): void };

async function openPassive(host: string, from: string): Promise<Passive> {
  const { promise: connected, resolve, reject } = Promise.withResolvers<Socket>();
  let open: Socket | undefined;
  const server: Server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    if (open || plainAddress(socket.remoteAddress) !== from) {
      socket.destroy();
      return;
    }
    open = socket.setTimeout(silentMsMax, () => socket.destroy());
    server.close();
    resolve(socket);
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(0, host, () => listening.resolve());
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  const fail = () => reject(new Error("nobody connected"));
  const late = setTimeout(() => {
    server.close();
    fail();
  }, silentMsMax);
  // Whoever asks for a port and goes away has asked nobody to wait for it.
  connected.catch(() => undefined).finally(() => clearTimeout(late));
  return {
    port,
    connected,
    close() {
      server.close();
      open?.destroy();
      fail();
    },
  };
}

/** Undefined when there is more than a file may have. */
async function read(socket: Socket): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of socket as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > uploadBytesMax) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const say = ({ socket }: Session, line: string) => void (socket.writable && socket.write(`${line}\r\n`));

async function passive(session: Session): Promise<Passive> {
  session.data?.close();
  const { localAddress = "127.0.0.1", remoteAddress } = session.socket;
  session.data = await openPassive(localAddress, plainAddress(remoteAddress));
  return session.data;
}

/** @param work with the data connection; its answer is said at the end */
async function transfer(session: Session, work: (socket: Socket) => Promise<string>): Promise<void> {
  const { data } = session;
  if (!data) return say(session, "425 PASV or EPSV first");
  session.data = undefined;
  say(session, "150 Go on");
  try {
    say(session, await work(await data.connected));
  } catch {
    say(session, "426 The data connection failed");
  } finally {
    data.close();
  }
}

async function store(session: Session, camera: string): Promise<void> {
  await transfer(session, async (socket) => {
    const file = await read(socket);
    if (!file) return `552 A file is of at most ${uploadBytesMax} bytes`;
    const pictures = picturesIn(file);
    // Some try whether they may write; a video says nothing that its pictures would not.
    if (pictures.length > 0) session.onUpload({ camera, by: "ftp", pictures });
    return "226 Taken";
  });
}

function logIn(session: Session, password: string): void {
  session.camera = session.door.enter(session.socket.remoteAddress, session.user, password);
  if (session.camera !== undefined) return say(session, "230 Come in");
  say(session, "530 Wrong name or password");
  session.wrong++;
  if (session.wrong >= wrongMax) session.socket.end();
}

type Verb = (session: Session, argument: string) => void | Promise<void>;
const answer =
  (line: string): Verb =>
  (session) =>
    say(session, line);

/** What anybody may say. */
const outside: Readonly<Record<string, Verb>> = {
  USER(session, name) {
    session.user = name;
    session.camera = undefined;
    say(session, "331 And the password");
  },
  PASS: logIn,
  SYST: answer("215 UNIX Type: L8"),
  FEAT: answer("211-Features\r\n EPSV\r\n PASV\r\n UTF8\r\n211 End"),
  NOOP: answer("200 Yes"),
  OPTS: answer("200 Yes"),
  QUIT(session) {
    say(session, "221 Goodbye");
    session.socket.end();
  },
};

/** What a camera may say. */
const inside: Readonly<Record<string, Verb>> = {
  ...Object.fromEntries(["TYPE", "MODE", "STRU", "ALLO"].map((name) => [name, answer("200 Yes")])),
  PWD: answer('257 "/"'),
  CWD: answer("250 Yes"),
  CDUP: answer("250 Yes"),
  MKD: answer('257 "/"'),
  RNFR: answer("350 And the new name"),
  RNTO: answer("250 Yes"),
  DELE: answer("250 Yes"),
  ABOR: answer("226 Yes"),
  async PASV(session) {
    const { port } = await passive(session);
    const address = plainAddress(session.socket.localAddress);
    if (address.includes(":")) return say(session, "522 EPSV");
    const numbers = [...address.split("."), port >> 8, port & 0xff].join(",");
    say(session, `227 Entering passive mode (${numbers})`);
  },
  async EPSV(session) {
    const { port } = await passive(session);
    say(session, `229 Entering extended passive mode (|||${port}|)`);
  },
  STOR: (session) => store(session, session.camera ?? ""),
  STOU: (session) => store(session, session.camera ?? ""),
  APPE: (session) => store(session, session.camera ?? ""),
  LIST: (session) => transfer(session, async () => "226 Nothing is kept here"),
  NLST: (session) => transfer(session, async () => "226 Nothing is kept here"),
};

function obey(session: Session, line: string): void | Promise<void> {
  const [, name = "", argument = ""] = /^([A-Za-z]{3,4})(?: (.*))?$/.exec(line) ?? [];
  const verb = name.toUpperCase();
  const free = outside[verb];
  if (free) return free(session, argument);
  if (session.camera === undefined) return say(session, "530 Name and password first");
  return inside[verb]?.(session, argument) ?? (verb in inside ? undefined : say(session, "502 Not here"));
}

/** One line after the other, each when the one before it is done. */
async function serve(session: Session): Promise<void> {
  const { socket } = session;
  say(session, "220 Vigil gateway");
  let text = "";
  for await (const piece of socket as AsyncIterable<Buffer>) {
    text += piece.toString("latin1");
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      const line = text.slice(0, end).replace(/\r$/, "");
      text = text.slice(end + 1);
      if (line.length > lineBytesMax) return;
      await obey(session, line);
    }
    if (text.length > lineBytesMax) return;
  }
}

/** Rejects when the port cannot be had. */
export async function receiveFiles({ host, port, door, onUpload }: ReceiverOptions): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    if (!door.mayConnect(socket.remoteAddress)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setTimeout(2 * silentMsMax, () => socket.destroy());
    const session: Session = {
      socket,
      door,
      user: "",
      camera: undefined,
      wrong: 0,
      data: undefined,
      onUpload,
    };
    serve(session)
      .catch(() => undefined)
      .finally(() => {
        socket.destroy();
        session.data?.close();
        sockets.delete(socket);
      });
  });
  server.maxConnections = connectionsMax;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, () => resolve());
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
