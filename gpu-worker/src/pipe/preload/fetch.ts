/** One GET of one object: no redirect, no more bytes than announced, the announced type and the announced sha256. */
import { createHash } from "node:crypto";
import { sniff } from "@vigil/core/evidence/read-head";
import { AddressRefused } from "@vigil/core/platform/public-address";
import { Agent, type Dispatcher, request } from "undici";
import type { Guard } from "./guard.ts";
import { LinkRefused } from "./link-refused.ts";
import type { ReadBytes } from "./shared-bytes.ts";
import { Unfetchable } from "./unfetchable.ts";

export type Announced = { sha256: string; bytes: number; contentType: string };

export interface Fetcher {
  /** Throws `LinkRefused`, `Unfetchable` for other bytes than were announced, and other errors for what may pass. */
  fetch(url: string, announced: Announced, signal: AbortSignal): Promise<ReadBytes>;
  /**
   * What is too large for memory: into a file, from its beginning on. Throws as `fetch`. What it is, is not asked.
   * @param file gets the bytes in order
   */
  save(
    url: string,
    announced: Omit<Announced, "contentType">,
    file: (bytes: Uint8Array, at: number) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}

export function createFetcher(options: { guard: Guard; connectionsPerHostMax: number }): Fetcher {
  const { guard } = options;
  const agent = new Agent({
    connections: options.connectionsPerHostMax,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connect: { lookup: guard.lookup, timeout: 5_000 },
  });
  async function open<T>(
    url: string,
    { bytes, signal }: { bytes: number; signal: AbortSignal },
    take: (body: Dispatcher.ResponseData["body"]) => Promise<T>,
  ): Promise<T> {
    const target = guard.check(url);
    try {
      const answer = await request(target, { dispatcher: agent, method: "GET", signal });
      await refuseUnlessWhole(answer, bytes);
      return await take(answer.body);
    } catch (error) {
      if (error instanceof AddressRefused || (error as Error).cause instanceof AddressRefused) {
        throw new LinkRefused(
          `the evidence host ${target.host} resolves to an address that is refused (EVIDENCE_PRIVATE_ADDRESSES)`,
        );
      }
      throw error;
    }
  }
  return {
    fetch: (url, announced, signal) =>
      open(url, { bytes: announced.bytes, signal }, (body) => readExactly(body, announced)),
    save: (url, announced, file, signal) =>
      open(url, { bytes: announced.bytes, signal }, (body) => saveExactly(body, announced, file)),
    close: () => agent.destroy(),
  };
}

/** Looks at status and headers; of the body of an answer that is refused, only the store's own error is read. */
async function refuseUnlessWhole(answer: Dispatcher.ResponseData, bytes: number): Promise<void> {
  const { statusCode, headers, body } = answer;
  body.on("error", () => undefined);
  const code = statusCode === 404 ? await errorCodeOf(body) : undefined;
  const error = refusal(statusCode, headers, { bytes, code });
  if (!error) return;
  body.destroy();
  throw error;
}

const errorBytesMax = 4096;

/** The code in the XML that S3 and its likes answer an error with; undefined when it is none of theirs. */
async function errorCodeOf(body: Dispatcher.ResponseData["body"]): Promise<string | undefined> {
  let text = "";
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString("latin1");
    if (text.length >= errorBytesMax) break;
  }
  return /<Error>.*?<Code>(\w+)<\/Code>/s.exec(text)?.[1];
}

/** What stores say of a picture, or of bytes that they know nothing of; a page or a list is of no store of evidence. */
const mayBePicture = /^(image\/|(application|binary)\/octet-stream)/i;

function refusal(
  status: number,
  headers: Dispatcher.ResponseData["headers"],
  { bytes, code }: { bytes: number; code: string | undefined },
): Error | undefined {
  if (status === 404 && code === "NoSuchKey") {
    return new LinkRefused("the evidence is no longer in the store", { isGone: true });
  }
  if (status >= 300 && status < 400) {
    return new LinkRefused("the evidence host redirects, which is refused");
  }
  if (status === 429 || status >= 500) return new Error(`the evidence host answered ${status}`);
  if (status !== 200) {
    return new LinkRefused(`the evidence host answered ${status}${code === undefined ? "" : ` (${code})`}`);
  }
  const contentType = String(headers["content-type"] ?? "");
  if (contentType !== "" && !mayBePicture.test(contentType)) {
    return new LinkRefused(`the evidence host answered with ${contentType} where a picture was announced`);
  }
  if (Number(headers["content-length"]) > bytes) {
    return unreadable(`${bytes} bytes were announced, the host would send more`);
  }
  return undefined;
}

function unreadable(reason: string): Unfetchable {
  return new Unfetchable("unreadable", reason, { passing: false });
}

/** Reads at most the announced bytes into one buffer of exactly that size. */
async function readExactly(body: Dispatcher.ResponseData["body"], announced: Announced): Promise<ReadBytes> {
  const bytes = Buffer.allocUnsafeSlow(announced.bytes);
  const hash = createHash("sha256");
  let filled = 0;
  let checkedType = false;
  // Leaving the loop by an error destroys the body, and with it the connection.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (filled + chunk.byteLength > announced.bytes) {
      throw unreadable(`${announced.bytes} bytes were announced, more came`);
    }
    bytes.set(chunk, filled);
    hash.update(chunk);
    filled += chunk.byteLength;
    if (!checkedType && filled >= 12) {
      refuseOtherType(bytes.subarray(0, filled), announced.contentType);
      checkedType = true;
    }
  }
  const sha256 = hash.digest("hex");
  if (filled < announced.bytes || sha256 !== announced.sha256) {
    throw unreadable("the bytes differ from what was announced (length or sha256)");
  }
  refuseOtherType(bytes, announced.contentType);
  return { bytes, sha256 };
}

/** The same into a file, of which a piece at a time is in memory. */
async function saveExactly(
  body: Dispatcher.ResponseData["body"],
  { bytes, sha256 }: Omit<Announced, "contentType">,
  file: (bytes: Uint8Array, at: number) => Promise<unknown>,
): Promise<void> {
  const hash = createHash("sha256");
  let filled = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (filled + chunk.byteLength > bytes) throw unreadable(`${bytes} bytes were announced, more came`);
    await file(chunk, filled);
    hash.update(chunk);
    filled += chunk.byteLength;
  }
  if (filled < bytes || hash.digest("hex") !== sha256) {
    throw unreadable("the bytes differ from what was announced (length or sha256)");
  }
}

function refuseOtherType(bytes: Uint8Array, contentType: string): void {
  if (sniff(bytes) === contentType) return;
  throw unreadable(`expected ${contentType}, the first bytes are of something else`);
}
