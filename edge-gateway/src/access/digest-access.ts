/**
 * HTTP's two ways to show a password, which most cameras ask for: Basic (RFC 7617) and Digest (RFC 7616 with MD5 and
 * SHA-256, `qop=auth`, as well as RFC 2069 without it).
 */
import { createHash } from "node:crypto";

export type Credentials = { username: string; password: string };
type Asked = { method: string; path: string; count: number; nonce: string };

const algorithms: ReadonlyMap<string, string> = new Map(Object.entries({ md5: "md5", "sha-256": "sha256" }));

function readChallenge(header: string): Record<string, string | undefined> {
  const fields: Record<string, string | undefined> = Object.create(null);
  for (const [, name = "", quoted, bare] of header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)) {
    fields[name.toLowerCase()] = quoted ?? bare ?? "";
  }
  return fields;
}

/**
 * The `authorization` that answers a 401. Throws a RangeError where the camera asks for something that is not known here.
 * @param asked.nonce the client's own, another for each challenge; `count` counts requests under one challenge, from 1
 */
export function authorise(challenge: string, { username, password }: Credentials, asked: Asked): string {
  const digest = /\bDigest\s+(.*)$/is.exec(challenge)?.[1];
  if (digest === undefined) {
    if (!/\bBasic\b/i.test(challenge)) {
      throw new RangeError("it asks for a password in a way that is not known here");
    }
    return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  }
  const { realm = "", nonce = "", opaque, qop, algorithm = "MD5" } = readChallenge(digest);
  const hashing = algorithms.get(algorithm.toLowerCase());
  if (!hashing) throw new RangeError(`it asks for a digest by ${algorithm}, expected MD5 or SHA-256`);
  const hash = (text: string) => createHash(hashing).update(text).digest("hex");
  const [secret, request] = [hash(`${username}:${realm}:${password}`), hash(`${asked.method}:${asked.path}`)];
  const count = asked.count.toString(16).padStart(8, "0");
  const isCounted = qop !== undefined && qop.split(/\s*,\s*/).includes("auth");
  const response = isCounted
    ? hash(`${secret}:${nonce}:${count}:${asked.nonce}:auth:${request}`)
    : hash(`${secret}:${nonce}:${request}`);
  const fields = [
    `username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${asked.path}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(isCounted ? [`qop=auth, nc=${count}, cnonce="${asked.nonce}"`] : []),
  ];
  return `Digest ${fields.join(", ")}`;
}
