/** The bounds of what the authenticity API is asked: a part of `limits.ts`, by which they are reached. */
import assert from "node:assert/strict";

const MIB = 1024 * 1024;

export const check = Object.freeze({
  textCharsMax: 50_000,
  /** A body with one text: each character may be spelt with six. */
  textJsonBytesMax: 320 * 1024,
  /** A file that is answered at once: a function takes a request of 6 MB, and gets it in base64. */
  fileBytesMax: 4 * MIB,
  /** A recording that is uploaded for a worker to look at, by its kind. */
  uploadBytesMax: Object.freeze({ audio: 64 * MIB, video: 128 * MIB }),
  /** From its announcing: an upload that has not been completed by then is given up. */
  uploadMsMax: 60 * 60 * 1000,
  /** Uploads of one account that have no end yet. */
  uploadsOpenMax: 3,
  /** Recordings of all accounts that have a place in the queue of workers. */
  recordingsInFlightMax: 8,
  /** Messages that may be lost, or end nowhere, before nobody is sent to look any more. */
  recordingSendsMax: 3,
  /** A worker fetches one within this time, and reads its statement of origin within that: 100 MB took 5 s on a busy machine. */
  recordingFetchMsMax: 10 * 60 * 1000,
  recordingReadMsMax: 2 * 60 * 1000,
  /** What was uploaded is erased when it has an end, and once more after this long: an upload that had begun may end later. */
  eraseAgainMs: 2 * 60 * 60 * 1000,
  /** A batch as a whole, its files in base64. */
  batchBytesMax: 5.5 * MIB,
  batchItemsMax: 50,
  /** Checks of a batch that are under way at once. */
  atOnceMax: 8,
  /** Checks of one account within a minute, whatever becomes of them; a batch is as many as it has items. */
  perMinuteMax: 120,
  labelCharsMax: 100,
  nameCharsMax: 200,
  reasonsMax: 8,
  marksMax: 12,
  /** What stands at an address: from its look-up to its last byte. */
  fetchMsMax: 10_000,
  /** Days that the overview is asked for. */
  daysMax: 366,
  daysDefault: 30,
  exportedMax: 10_000,
});

/** What a check costs, in points; a batch costs something itself, beside what its checks cost. */
export const points = Object.freeze({ text: 1, image: 3, audio: 4, video: 6, batch: 5 });

assert(check.batchItemsMax <= check.perMinuteMax, "a whole batch may be asked at once");
assert(check.fileBytesMax * 1.34 < check.batchBytesMax, "a file in base64 fits into a batch");
assert(check.eraseAgainMs > check.uploadMsMax, "an upload that began in time has ended by then");
