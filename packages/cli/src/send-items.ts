/** Brings pictures into a run: named page by page, and of their bytes only what is missing uploaded. */
import { createHash } from "node:crypto";
import { ApiError, type Client, type Schemas, settled } from "@vigil/client";
import type { Picture } from "./picture.ts";

type Item = Schemas["RunItemInput"];
type Missing = Schemas["MissingContent"];

const pageItems = 256;
const pagesAtOnce = 4;
const uploadsAtOnce = 8;
const attemptsMax = 6;
const firstDelayMs = 500;

export type Sent = { accepted: number; uploaded: number };

/**
 * Safe to run again, and after any interruption: what the run has is not sent twice.
 * @param onPage told after each page what has been done in all
 * @throws the signal's reason; ApiError for what no repetition mends
 */
export async function sendItems(
  client: Client,
  runId: string,
  pictures: readonly Picture[],
  { onPage, signal }: { onPage: (sent: Sent) => void; signal: AbortSignal },
): Promise<Sent> {
  const sent: Sent = { accepted: 0, uploaded: 0 };
  const pages = Array.from({ length: Math.ceil(pictures.length / pageItems) }, (_, page) =>
    pictures.slice(page * pageItems, (page + 1) * pageItems),
  );
  await eachOf(pages, pagesAtOnce, async (page) => {
    signal.throwIfAborted();
    // Pages end at any time: a sum begun before the wait would forget what others add meanwhile.
    const uploaded = await sendPage(client, runId, page, signal);
    sent.uploaded += uploaded;
    sent.accepted += page.length;
    onPage(sent);
  });
  return sent;
}

/** @returns how many were uploaded */
async function sendPage(
  client: Client,
  runId: string,
  page: readonly Picture[],
  signal: AbortSignal,
): Promise<number> {
  const items = await Promise.all(page.map(itemOf));
  const pictureOf = new Map(items.map(({ sha256 }, index) => [sha256, page[index]]));
  let uploaded = 0;
  let open = items;
  for (let attempt = 1; ; attempt += 1) {
    const { missing } = await again(signal, () =>
      settled(
        client.POST("/v1/runs/{id}/items", {
          params: { path: { id: runId } },
          body: { items: open },
          signal,
        }),
      ),
    );
    if (missing.length === 0) return uploaded;
    if (attempt >= attemptsMax) throw new Error(`${missing.length} pictures could not be uploaded`);
    await eachOf(missing, uploadsAtOnce, async (content) => {
      signal.throwIfAborted();
      // URLs live for a minute: those that were refused are asked for anew with the next naming.
      if (await upload(content, pictureOf.get(content.sha256), signal)) uploaded += 1;
    });
    const hashes = new Set(missing.map(({ sha256 }) => sha256));
    open = open.filter(({ sha256 }) => hashes.has(sha256));
  }
}

async function itemOf({ no, name, contentType, read }: Picture): Promise<Item> {
  const body = await read();
  return {
    no,
    name,
    sha256: createHash("sha256").update(body).digest("hex"),
    bytes: body.byteLength,
    contentType,
  };
}

/** @returns whether the store took it */
async function upload(
  { url, headers, method }: Missing,
  picture: Picture | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (!picture) return false;
  // The length is the runtime's own to say.
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length");
  try {
    const body = await picture.read();
    const answer = await fetch(url, { method, headers: Object.fromEntries(own), body, signal });
    await answer.body?.cancel();
    return answer.ok;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

/** Tries until it goes well: what the API refuses for good ends it, and it waits as long as the API asks. */
export async function again<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isFinal = error instanceof ApiError && error.status < 500 && error.status !== 429;
      if (isFinal || attempt >= attemptsMax || signal.aborted) throw error;
      const askedMs = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      await pause(Math.max(askedMs, firstDelayMs * 2 ** (attempt - 1)), signal);
    }
  }
}

/** Resolves early when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A few at once; the first failure ends it. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}
