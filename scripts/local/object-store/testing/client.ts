/** For tests: a client of the object store that sends what it is told to, and one object. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { PresignedPut } from "@vigil/core/platform/blobs";

export const bucket = "vigil-evidence";
export const region = "eu-west-2";
export const credentials = { accessKeyId: "local", secretAccessKey: "a secret" };
export const picture = Buffer.from("the bytes of a picture");
export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
export const key = "acc_1/evt 2/front+door (1).jpg";

export type Answer = { status: number; code: string; body: string; headers: Record<string, unknown> };

/** `fetch` rejects some of the requests that a hostile client sends, so this speaks HTTP directly. */
export async function send(
  method: string,
  url: string,
  headers: Record<string, string | number> = {},
  body: Buffer | string = "",
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = httpRequest(url, { method, headers, agent: false }, (incoming) => {
    const pieces: Buffer[] = [];
    incoming.on("data", (piece: Buffer) => pieces.push(piece));
    incoming.on("end", () => {
      const text = Buffer.concat(pieces).toString();
      resolve({
        status: incoming.statusCode ?? 0,
        code: /<Code>(.*)<\/Code>/.exec(text)?.[1] ?? "",
        body: text,
        headers: incoming.headers,
      });
    });
  });
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}

export async function upload(
  signed: PresignedPut,
  changes: Record<string, string | undefined> = {},
  body: Buffer = picture,
): Promise<Answer> {
  const headers = Object.entries({ ...signed.headers, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return send("PUT", signed.url, Object.fromEntries(headers), body);
}

export function refused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.code], [status, code], answer.body);
}
