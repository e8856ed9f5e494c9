/** A queue and an object store in memory, with the rules of the real ones that callers rely on. Tests run on them. */
import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { queue as limits } from "../limits.ts";
import type { BlobInfo, Blobs } from "./blobs.ts";
import type { Clock } from "./clock.ts";
import type { Message, Queue } from "./queue.ts";

type Entry = { message: Message; visibleAt: number; delayed: boolean };

/** Answers at once instead of waiting; time passes by the clock that it is given. */
export function memoryQueue(clock: Clock): Queue {
  const entries = new Map<string, Entry>();
  const visible = () => [...entries.values()].filter((entry) => entry.visibleAt <= clock.now().getTime());
  return {
    async send(body, { delaySeconds = 0, traceparent } = {}) {
      if (Buffer.byteLength(body) > limits.messageBytesMax) {
        throw new RangeError("the message is larger than 256 KiB");
      }
      if (delaySeconds < 0 || delaySeconds > limits.delaySecondsMax) {
        throw new RangeError(`delaySeconds must be 0..${limits.delaySecondsMax}, got ${delaySeconds}`);
      }
      const id = randomUUID();
      const sent = { id, body, receiptHandle: id, receiveCount: 0, sentAt: clock.now() };
      const message = traceparent ? { ...sent, traceparent } : sent;
      entries.set(id, {
        message,
        visibleAt: clock.now().getTime() + delaySeconds * 1000,
        delayed: delaySeconds > 0,
      });
    },
    async receive({ messagesMax, visibilitySeconds }) {
      return visible()
        .slice(0, messagesMax)
        .map((entry) => {
          entry.visibleAt = clock.now().getTime() + visibilitySeconds * 1000;
          entry.delayed = false;
          entry.message = { ...entry.message, receiveCount: entry.message.receiveCount + 1 };
          return entry.message;
        });
    },
    async delete(message) {
      entries.delete(message.receiptHandle);
    },
    async changeVisibility(message, visibilitySeconds) {
      const entry = entries.get(message.receiptHandle);
      if (entry) entry.visibleAt = clock.now().getTime() + visibilitySeconds * 1000;
    },
    async depth() {
      const all = [...entries.values()];
      const shown = visible();
      const delayed = all.filter((entry) => entry.delayed && !shown.includes(entry)).length;
      return { visible: shown.length, delayed, inFlight: all.length - shown.length - delayed };
    },
  };
}

/** Nothing serves its URLs: no host has a name under `invalid` (RFC 6761). */
export function memoryBlobs(clock: Clock): Blobs {
  const host = "http://memory.invalid/";
  const objects = new Map<string, BlobInfo & { body: Uint8Array }>();
  return {
    async presignPut({ key, bytes, contentType, sha256, seconds }) {
      return {
        url: `${host}${key}`,
        headers: {
          "content-type": contentType,
          "content-length": String(bytes),
          "x-amz-checksum-sha256": sha256,
        },
        expiresAt: new Date(clock.now().getTime() + seconds * 1000),
      };
    },
    async presignGet({ key, seconds }) {
      return { url: `${host}${key}`, expiresAt: new Date(clock.now().getTime() + seconds * 1000) };
    },
    async put({ key, body, contentType, sha256 }) {
      const actual = createHash("sha256").update(body).digest("hex");
      if (actual !== sha256) throw new Error(`expected sha256 ${sha256}, got ${actual}`);
      objects.set(key, { body, bytes: body.byteLength, contentType, sha256 });
    },
    async putFile({ key, path, contentType, sha256 }) {
      await this.put({ key, body: new Uint8Array(await readFile(path)), contentType, sha256 });
    },
    async find(key) {
      return objects.get(key);
    },
    async read(key, bytesMax) {
      return objects.get(key)?.body.subarray(0, bytesMax);
    },
    async delete(key) {
      objects.delete(key);
    },
    async list({ prefix, after, countMax }) {
      return [...objects]
        .filter(([key]) => key.startsWith(prefix) && (after === null || key > after))
        .map(([key, { bytes }]) => ({ key, bytes }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, countMax);
    },
  };
}
