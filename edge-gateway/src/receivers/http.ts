/**
 * Takes what cameras post or put: pictures in whatever they wrap them in (a form, a bare JPEG), or a call without any, which
 * says that something happened. Whose it is says its password, not its path.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connectionsMax, type Receiver, type ReceiverOptions, silentMsMax } from "./smtp.ts";
import { picturesIn, uploadBytesMax } from "./upload.ts";

const requestMsMax = 30_000;

function credentialsOf({ headers }: IncomingMessage): [user: string, password: string] | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  return [user, rest.join(":")];
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > uploadBytesMax) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

type Answer = { status: number; text: string; headers?: Record<string, string> };

async function take(request: IncomingMessage, { door, onUpload }: ReceiverOptions): Promise<Answer> {
  const { remoteAddress } = request.socket;
  const given = credentialsOf(request);
  const camera = given && door.enter(remoteAddress, ...given);
  if (camera === undefined) {
    const headers = { "www-authenticate": 'Basic realm="Vigil gateway"', connection: "close" };
    return { status: 401, text: "expected the camera's name and password", headers };
  }
  if (!["GET", "POST", "PUT"].includes(request.method ?? "")) {
    return { status: 405, text: "expected GET, POST or PUT", headers: { connection: "close" } };
  }
  const body = await read(request);
  if (!body) {
    const text = `expected at most ${uploadBytesMax} bytes`;
    return { status: 413, text, headers: { connection: "close" } };
  }
  const pictures = picturesIn(body);
  onUpload({ camera, by: "http", pictures });
  return { status: 200, text: `${pictures.length} pictures` };
}

/** Rejects when the port cannot be had. */
export async function receiveCalls(options: ReceiverOptions): Promise<Receiver> {
  const { host, port, door } = options;
  const server = createServer(
    { requestTimeout: requestMsMax, headersTimeout: requestMsMax },
    (request, response) => {
      take(request, options).then(
        ({ status, text, headers = {} }) =>
          response.writeHead(status, { "content-type": "text/plain", ...headers }).end(`${text}\n`),
        () => response.destroy(),
      );
    },
  );
  server.maxConnections = connectionsMax;
  server.on("connection", (socket) => {
    if (!door.mayConnect(socket.remoteAddress)) socket.destroy();
    socket.setTimeout(silentMsMax, () => socket.destroy());
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, () => resolve());
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
