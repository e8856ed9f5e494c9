/** Hands out what was recorded, whole or in part. Its hash goes ahead (RFC 9530): whoever keeps the file can say later that it is this one. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readRange } from "./read-range.ts";

export type Recorded = {
  type: string;
  /** As which it is kept. */
  name: string;
  bytes: number;
  /** Of all of it, in hex. */
  sha256: string;
  /** @param end inclusive */
  read(start: number, end: number): Readable;
  /** Once, when nothing more is read. */
  done(): void;
};

export async function sendRecorded(
  recorded: Recorded,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { type, name, bytes, sha256 } = recorded;
  const etag = `"${sha256}"`;
  const { range, "if-range": sameAs } = request.headers;
  const asked = readRange(sameAs === undefined || sameAs === etag ? range : undefined, bytes);
  const shown = {
    ...headers,
    "content-type": type,
    "accept-ranges": "bytes",
    etag,
    "content-disposition": `inline; filename="${name}"`,
    "repr-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
  };
  try {
    if (asked === "unsatisfiable") {
      response.writeHead(416, { ...shown, "content-range": `bytes */${bytes}`, "content-length": 0 }).end();
      return;
    }
    const { start, end } = asked === "whole" ? { start: 0, end: bytes - 1 } : asked;
    const part = asked === "whole" ? {} : { "content-range": `bytes ${start}-${end}/${bytes}` };
    response.writeHead(asked === "whole" ? 200 : 206, {
      ...shown,
      ...part,
      "content-length": end - start + 1,
    });
    // Whoever looks elsewhere meanwhile has only closed the connection.
    await pipeline(recorded.read(start, end), response).catch(() => undefined);
  } finally {
    recorded.done();
  }
}
