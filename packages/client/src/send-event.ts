/**
 * An event with its pictures: announced, uploaded straight to the object store, sealed. Whatever breaks on the way, the
 * same call made again goes on where it broke, because the event's id makes it the same event.
 */

import { ApiError, settled } from "./api-error.ts";
import type { Client, Schemas } from "./create-client.ts";

type EventInput = Schemas["EventInput"];
type Upload = Schemas["EventAccepted"]["uploads"][number];

export type Picture = {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  contentType: Schemas["ContentType"];
  /** RFC 3339; absent: when the event happened. */
  capturedAt?: string;
};

export type Sending = {
  signal?: AbortSignal;
  /** How often a step is tried; 5 unless told otherwise. */
  attemptsMax?: number;
  /** Uploads to the store; the global `fetch` unless told otherwise. */
  fetch?: typeof globalThis.fetch;
};

const firstDelayMs = 500;
const delayMsMax = 30_000;

/**
 * @param event its `id` is the caller's own: an event that is sent again under it is the same event
 * @returns what the API made of it, once all its pictures are up
 * @throws ApiError for what no repetition mends; the last failure when the attempts are used up
 */
export async function sendEvent(
  client: Client,
  event: Omit<EventInput, "evidence">,
  pictures: readonly Picture[] = [],
  sending: Sending = {},
): Promise<Schemas["EventAccepted"]> {
  const evidence = await Promise.all(pictures.map(announce));
  const body = pictures.length === 0 ? event : { ...event, evidence };
  const { signal } = sending;
  const accepted = await again(sending, () =>
    settled(client.POST("/v1/events", { body, ...(signal ? { signal } : {}) })),
  );
  await uploadAll(client, accepted.id, accepted.uploads, pictures, sending);
  return accepted;
}

/** URLs live for a minute: a seal that finds something missing gives fresh ones. */
async function uploadAll(
  client: Client,
  id: string,
  uploads: readonly Upload[],
  pictures: readonly Picture[],
  sending: Sending,
): Promise<void> {
  const { signal } = sending;
  let missing = uploads;
  if (missing.length === 0) return;
  await again(sending, async () => {
    for (const upload of missing) await put(upload, pictures, sending).catch(() => undefined);
    const sealed = await settled(
      client.POST("/v1/events/{id}/seal", { params: { path: { id } }, ...(signal ? { signal } : {}) }),
    );
    missing = sealed.uploads;
    if (!sealed.sealed) throw new Error(`${missing.length} of the event's pictures are not up yet`);
  });
}

async function put(upload: Upload, pictures: readonly Picture[], sending: Sending): Promise<void> {
  const picture = pictures.find(({ name }) => name === upload.name);
  if (!picture) throw new Error(`expected a picture named ${upload.name}`);
  const { fetch = globalThis.fetch, signal } = sending;
  // The length is the browser's and the runtime's own to say.
  const headers = Object.entries(upload.headers).filter(([name]) => name.toLowerCase() !== "content-length");
  const answer = await fetch(upload.url, {
    method: upload.method,
    headers: Object.fromEntries(headers),
    body: picture.bytes,
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error(`the store answered ${answer.status} for ${upload.name}`);
}

async function announce({ name, bytes, contentType, capturedAt }: Picture) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, bytes: bytes.byteLength, contentType, sha256, ...(capturedAt ? { capturedAt } : {}) };
}

/** Tries until it goes well: what the API refuses for good ends it, and it waits as long as the API asks. */
async function again<T>({ attemptsMax = 5, signal }: Sending, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isFinal = error instanceof ApiError && error.status < 500 && error.status !== 429;
      if (isFinal || attempt >= attemptsMax || signal?.aborted) throw error;
      const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      await pause(Math.min(delayMsMax, Math.max(asked, firstDelayMs * 2 ** (attempt - 1))), signal);
    }
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
