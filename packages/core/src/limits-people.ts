/** The bounds of people and of the devices that they let in: a part of `limits.ts`, by which they are reached. */
import assert from "node:assert/strict";

/** People: sign-in, invitations, tokens. */
export const people = Object.freeze({
  accountsPerPersonMax: 20,
  membersPerAccountMax: 100,
  /** Invitations of an account that may still be accepted. */
  invitationsOpenMax: 50,
  invitationMsMax: 7 * 24 * 60 * 60 * 1000,
  tokenDaysDefault: 90,
  tokenDaysMax: 366,
  tokensPerMemberMax: 50,
  /** A code to sign in with: how long it is good for, and how often it may be mistyped. */
  codeMsMax: 10 * 60 * 1000,
  codeWrongMax: 5,
  /** From the third wrong code on one waits before the next. */
  codeWrongFreely: 2,
  codeWaitMs: 5_000,
  /** Codes that are mailed to one address within an hour; a browser in which it was signed in has as many of its own. */
  codesPerAddressMax: 10,
  codesPerAddressMs: 60 * 60 * 1000,
  signedInMsMax: 30 * 24 * 60 * 60 * 1000,
});

/** Devices that are let in by a code (RFC 8628), and their keys. */
export const enrolment = Object.freeze({
  codeMsMax: 10 * 60 * 1000,
  pollSecondsMin: 5,
  /** A question that comes so little too early is taken: clocks and lines are not exact. */
  pollToleranceMs: 500,
  /** Devices that wait at once, of everybody. With 20^8 codes, one guess finds one of them once in 12 million. */
  waitingMax: 2_000,
  /** Codes that no device had, typed in one account within the time. */
  wrongCodesMax: 10,
  wrongCodesMs: 60 * 60 * 1000,
  /** Codes that are given out to one network within the time, in each process of the API by itself. */
  asksPerNetworkMax: 20,
  asksPerNetworkMs: 10 * 60 * 1000,
  networksMax: 10_000,
  devicesPerAccountMax: 1_000,
  /** Keys of a device that are valid at once. */
  keysPerDeviceMax: 10,
  /** How long an old key stays valid beside the one that takes its place. */
  overlapHoursMax: 30 * 24,
  overlapHoursDefault: 24,
});

/** Everything of an account, written into archives. */
export const exporting = Object.freeze({
  perDayMax: 5,
  countedMs: 24 * 60 * 60 * 1000,
  listedMax: 20,
  /** How long the archives lie in the store. */
  keptMs: 24 * 60 * 60 * 1000,
  /** One archive: what a browser fetches in a minute of signature, and a function has room for on its disk. */
  volumeBytesMax: 1024 * 1024 * 1024,
  /** Below what a ZIP archive without its later extensions holds. */
  volumeFilesMax: 60_000,
  /** What one function call writes before it leaves the rest to the next. */
  turnMsMax: 8 * 60 * 1000,
  /** Whoever has not been heard of for this long has died. */
  leaseMs: 2 * 60 * 1000,
  /** Turns in a row that come to nothing before it is given up. */
  failuresMax: 5,
  rowsAtOnceMax: 200,
  objectsAtOnceMax: 8,
  listedObjectsMax: 200,
});

/** Erasing an account. */
export const erasing = Object.freeze({
  /** Until then an owner may call it off. */
  graceMs: 24 * 60 * 60 * 1000,
  /**
   * What was let in before the doors were closed has ended by then, and upload URLs too: no object and no row is added any
   * more, but by jobs that are under way.
   */
  settleMs: 90 * 1000,
  leaseMs: 2 * 60 * 1000,
  turnMsMax: 8 * 60 * 1000,
  rowsAtOnceMax: 2_000,
  objectsAtOnceMax: 200,
  objectsTogetherMax: 16,
  /** How often the receipt is sent before it is given up, and how long is left between. */
  tellingsMax: 100,
  tellAgainMs: 30 * 60 * 1000,
});

/** Erasing what was stored under a consent that was withdrawn. */
export const withdrawing = Object.freeze({
  leaseMs: 2 * 60 * 1000,
  /** Until it is tried again when somebody else has the evidence log. */
  againMs: 2_000,
  turnMsMax: 5 * 60 * 1000,
  /** Reviews whose digests are put into words again in one transaction, which holds the account's lock and the log's. */
  reviewsAtOnceMax: 20,
  rowsAtOnceMax: 2_000,
});

assert.ok(
  (enrolment.waitingMax * enrolment.wrongCodesMax) / 20 ** 8 < 1e-6,
  "what one account may guess finds a waiting device less than once in a million",
);

/** Pictures whose time is over. */
export const keeping = Object.freeze({
  daysMax: 3_650,
  /** After a tier that kept pictures for longer, they are kept as long as under it until this has passed. */
  heldMs: 30 * 24 * 60 * 60 * 1000,
  /** How many a sweep erases, and of one account: what is left is erased by the next. */
  atOnceMax: 1_000,
  eachMax: 250,
  /** Objects that are deleted side by side. */
  togetherMax: 16,
});
