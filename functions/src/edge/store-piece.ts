import type { AnnouncedEvidence } from "@vigil/core/event/wire";
import { edge as limits, outside } from "@vigil/core/limits";
import type { Log } from "./env.ts";
import type { EventApi, PieceUpload } from "./event-api.ts";

/**
 * Announces one picture and puts it straight into the store. A store that does not take it is no reason to lose the event: it
 * stays announced, and its device is told where to upload it.
 * @throws what `EventApi.announce` throws
 */
export async function storePiece(
  api: EventApi,
  eventId: string,
  piece: AnnouncedEvidence,
  bytes: Uint8Array,
  log: Log,
): Promise<void> {
  for (let tries = 0; tries < limits.storeTriesMax; tries += 1) {
    // A fresh URL each time: it lives for a minute, and a slow store may have used it up.
    const upload = await api.announce(eventId, piece);
    if (!upload) return;
    const refused = await put(upload, bytes);
    if (refused === undefined) return;
    log.warn({ err: refused, eventId, name: piece.name }, "the store did not take a picture");
  }
}

/** @returns why it was not taken; undefined when it was */
async function put({ url, method, headers }: PieceUpload, bytes: Uint8Array): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      method,
      headers,
      body: bytes as Uint8Array<ArrayBuffer>,
      signal: AbortSignal.timeout(Math.ceil(outside.callMsMax + bytes.byteLength / outside.bytesPerMsMin)),
    });
    const text = await answer.text();
    return answer.ok ? undefined : `${answer.status} ${text.slice(0, 500)}`;
  } catch (error) {
    return error;
  }
}
