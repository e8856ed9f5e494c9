/**
 * For tests: an object host on loopback that honours expiring URLs and can misbehave on demand.
 * It is no S3, but says as S3 does that an object is not there: what is tested against it is the fetching side.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array) => void;

export type EvidenceHost = {
  origin: string;
  put(path: string, bytes: Uint8Array, contentType?: string): void;
  remove(path: string): void;
  /** A URL of an object, good for `seconds`. */
  url(path: string, seconds?: number): { url: string; expiresAt: string };
  /** What answers for this path from now on, instead of the object. */
  misbehave(path: string, answer: Misbehaviour): void;
  /** The object answers again. */
  behave(path: string): void;
  /** Requests so far, of one path or of all. */
  requests(path?: string): number;
  /** The most requests that were open at the same time. */
  openMax(): number;
  close(): Promise<void>;
};

export async function startEvidenceHost(options: { host?: string } = {}): Promise<EvidenceHost> {
  const objects = new Map<string, { bytes: Uint8Array; contentType: string }>();
  const misbehaviours = new Map<string, Misbehaviour>();
  const requests = new Map<string, number>();
  let open = 0;
  let openMax = 0;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://host");
    requests.set(url.pathname, (requests.get(url.pathname) ?? 0) + 1);
    open += 1;
    openMax = Math.max(openMax, open);
    response.once("close", () => {
      open -= 1;
    });
    const object = objects.get(url.pathname);
    const expires = url.searchParams.get("expires");
    if (expires !== null && Number(expires) < Date.now()) return void response.writeHead(403).end();
    const misbehave = misbehaviours.get(url.pathname);
    if (misbehave) return misbehave(request, response, object?.bytes ?? new Uint8Array());
    if (!object) {
      response.writeHead(404, { "content-type": "application/xml" });
      return void response.end("<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>");
    }
    response.writeHead(200, {
      "content-type": object.contentType,
      "content-length": object.bytes.byteLength,
    });
    response.end(object.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, options.host ?? "127.0.0.1", resolve));
  const origin = `http://${options.host ?? "127.0.0.1"}:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    put: (path, bytes, contentType = "image/jpeg") => void objects.set(path, { bytes, contentType }),
    remove: (path) => void objects.delete(path),
    url(path, seconds = 60) {
      const expires = Date.now() + seconds * 1000;
      return { url: `${origin}${path}?expires=${expires}`, expiresAt: new Date(expires).toISOString() };
    },
    misbehave: (path, answer) => void misbehaviours.set(path, answer),
    behave: (path) => void misbehaviours.delete(path),
    requests(path) {
      if (path !== undefined) return requests.get(path) ?? 0;
      return [...requests.values()].reduce((sum, count) => sum + count, 0);
    },
    openMax: () => openMax,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
