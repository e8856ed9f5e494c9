/** Takes the mails of cameras that can do nothing but send mail: each is an alarm, with the JPEGs that are attached. */
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Door } from "./door.ts";
import { picturesIn, picturesMax, type Upload, uploadBytesMax } from "./upload.ts";

export type ReceiverOptions = {
  host: string;
  port: number;
  door: Door;
  onUpload: (upload: Upload) => void;
};

export type Receiver = { port: number; stop(): Promise<void> };

export const connectionsMax = 32;
export const silentMsMax = 30_000;
const partsMax = 64;
const headerBytesMax = 64 * 1024;

/** The mail's bytes; undefined when there are more than it may have. The rest is read and thrown away, as the protocol wants. */
async function read(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  let pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (stream.byteLength > uploadBytesMax) pieces = [];
    else pieces.push(piece);
  }
  return stream.sizeExceeded || stream.byteLength > uploadBytesMax ? undefined : Buffer.concat(pieces);
}

/** The JPEGs that are attached. @throws Error for what is no mail */
export async function picturesOf(mail: Buffer): Promise<Buffer[]> {
  const { attachments } = await PostalMime.parse(mail, {
    attachmentEncoding: "arraybuffer",
    maxNestingDepth: 8,
    maxHeadersSize: headerBytesMax,
  });
  return attachments
    .slice(0, partsMax)
    .flatMap(({ content }) =>
      typeof content === "string" ? [] : picturesIn(Buffer.from(content as ArrayBuffer)),
    )
    .slice(0, picturesMax);
}

const refusal = (code: number, why: string) => Object.assign(new Error(why), { responseCode: code });

/** @returns why the mail is not taken; null when it is */
async function take(
  stream: SMTPServerDataStream,
  camera: string | undefined,
  onUpload: ReceiverOptions["onUpload"],
): Promise<Error | null> {
  try {
    const mail = await read(stream);
    if (mail === undefined) return refusal(552, `a mail is of at most ${uploadBytesMax} bytes`);
    if (camera === undefined) return refusal(530, "expected a name and a password");
    onUpload({ camera, by: "smtp", pictures: await picturesOf(mail) });
    return null;
  } catch {
    return refusal(554, "this is no mail");
  }
}

/** Rejects when the port cannot be had. */
export async function receiveMails({ host, port, door, onUpload }: ReceiverOptions): Promise<Receiver> {
  const server = new SMTPServer({
    // Such cameras know no certificates, and stand in the same network.
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    size: uploadBytesMax,
    maxClients: connectionsMax,
    socketTimeout: silentMsMax,
    closeTimeout: 1_000,
    banner: "Vigil gateway",
    onConnect({ remoteAddress }, done) {
      done(door.mayConnect(remoteAddress) ? null : refusal(554, "not of this network"));
    },
    onAuth({ username, password }, { remoteAddress }, done) {
      const camera = door.enter(remoteAddress, username ?? "", password ?? "");
      done(camera === undefined ? refusal(535, "wrong name or password") : null, { user: camera });
    },
    onData(stream, { user: camera }, done) {
      const answer = async () => done(await take(stream, camera, onUpload));
      void answer();
    },
  });
  // A connection's own troubles are that camera's.
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.on("error", reject);
  const listener = server.listen(port, host, () => resolve());
  await promise;
  const address = listener.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
