/**
 * Every upper bound of the system, in one place. A unit or a bound ends each name.
 * The relations between limits are asserted at import, so that a change that breaks one stops the start.
 */
import assert from "node:assert/strict";
import { erasing } from "./limits-people.ts";
import { question } from "./limits-questions.ts";
import { promises } from "./promises.ts";

export { check, points } from "./limits-check.ts";
export { capture, custody, gateway, replay } from "./limits-evidence.ts";
export { deployment, experiment, shadow } from "./limits-models.ts";
export { enrolment, erasing, exporting, keeping, people, withdrawing } from "./limits-people.ts";
export { question, source } from "./limits-questions.ts";
export { trace } from "./limits-trace.ts";

export const KIB = 1024;
export const MIB = 1024 * KIB;

/** What the public API accepts. */
export const accept = Object.freeze({
  jsonBytesMax: 100 * KIB,
  jsonDepthMax: 10,
  stringCharsMax: 10_000,
  attributesBytesMax: 4 * KIB,
  batchEventsMax: 100,
  /** Late events come from gateways that were offline. */
  eventAgeMsMax: 30 * 24 * 60 * 60 * 1000,
  eventAheadMsMax: 5 * 60 * 1000,
  listItemsMax: 100,
  listItemsDefault: 25,
  /** Unread digests are counted no further. */
  unreadCountedMax: 100,
  idempotencyKeyCharsMax: 255,
  /** An idempotency key answers replays for this long. */
  idempotencyMsMax: 24 * 60 * 60 * 1000,
});

/**
 * How fast one key may send events: a bucket that refills within the window, in each process of the API by itself. It is
 * several times what a site's cameras report together, and what threatens life is never refused.
 */
export const rate = Object.freeze({
  eventsMax: 1_000,
  windowMs: 10_000,
  /** Keys that a process remembers; the one that was silent longest is forgotten first. */
  keysMax: 10_000,
});

/** One piece of evidence, and how many an event may carry. */
export const evidence = Object.freeze({
  bytesMax: 5 * MIB,
  pixelsMax: 40_000_000,
  /** The longest side, in pixels. */
  sideMax: 16_384,
  /** Of a JPEG: a decoder goes over the whole picture for each. */
  scansMax: 100,
  perEventMax: 40,
  /** More of an event's evidence may be announced for this long after the last piece. */
  announcingMsMax: 10 * 60 * 1000,
  /** A multipart event as a whole: all its images, the JSON and the boundaries. */
  multipartBytesMax: 40 * 5 * MIB + MIB,
  /** Its images, the event, and fields that nobody filled. */
  multipartPartsMax: 64,
  multipartHeadBytesMax: 8 * KIB,
  /** How many uploaded pieces are in memory at once while they are checked. */
  sealedAtOnceMax: 4,
  contentTypes: Object.freeze(["image/jpeg", "image/png", "image/webp"] as const),
  urlSecondsMax: 60,
  urlCharsMax: 4_096,
  /** A URL with less than this left is renewed before it is used. */
  urlMarginSeconds: 10,
});

/** What stands in front of the API, and has little memory (functions/src/edge/). */
export const edge = Object.freeze({
  /** A form up to here goes to the API as it is: a function takes 6 MB, and gets it in base64. */
  wholeFormBytesMax: 4 * MIB,
  /** What any other request may hold: what a function takes. */
  forwardedBytesMax: 6 * MIB,
  /** A part of a form: a picture in base64, and its head. */
  partBytesMax: 7 * MIB,
  /** Images that are held at once: one that is being stored, and one that is being read. */
  imagesHeldMax: 2,
  /** Where the platform takes no larger body; its plans differ. */
  bodyBytesDefault: 100_000_000,
  /** One call of the API: as long as it may take itself, and some time to wake. */
  callMsMax: 40_000,
  storeTriesMax: 2,
});

/** Sessions: events of one site that lie close together in time. */
export const session = Object.freeze({
  gapSecondsMin: 1,
  gapSecondsMax: 900,
  gapSecondsDefault: 30,
  /** A session that never falls silent is closed all the same. */
  lengthMsMax: 15 * 60 * 1000,
  /** How far back the explainer looks for events that belong together. */
  contextMs: 5 * 60 * 1000,
  contextEventsMax: 200,
  /** How many kinds of assessment that an account called false are looked at: the latest. */
  dismissalsMax: 200,
  /** What is usual in a zone is measured anew after this long. */
  trafficMsMax: 60 * 60 * 1000,
  /** An event that comes later than this is told and never rung. */
  lateMsMin: 15 * 60 * 1000,
  /** An owner is told of a device's clock that is off by this much. */
  clockOffMsMin: 60 * 1000,
});

/** Deep reviews. */
export const review = Object.freeze({
  kDefault: promises.momentsDefault,
  kIdleMax: 40,
  kMin: 4,
  earlyExitConfidence: 0.2,
  detectionConfidence: 0.25,
  nmsIou: 0.5,
  detectionsPerMomentMax: 300,
  digestMsMax: promises.digestMsMax,
  /** The review itself and its addenda; each looks at one moment at least. */
  partsMax: 1_000,
});

/** Runs: bulk intakes. */
export const run = Object.freeze({
  itemsMax: 1_000_000,
  chunkItemsMax: 256,
  /** Items of a chunk that a worker is given URLs for at once. */
  urlsMax: 32,
  /** Chunks that are in the queue or under way, of all accounts: few, so that a newcomer soon has a turn. */
  chunksInFlightMax: 16,
  /** Looks at a chunk before what is still open in it counts as dead. */
  stepsMax: 5,
  /** Uploaded pieces that the store is asked for at once. */
  lookupsAtOnceMax: 16,
  /** Difference hashes that differ in so many bits of 64 at most show the same. */
  hashDistanceMax: 8,
  /** Embeddings show the same from this cosine of their angle on: `npm run runs:groups` measures what that finds. */
  embeddingCosineMin: 0.975,
  embeddingNumbersMax: 2_048,
  /** Embeddings that are compared with each other to group one run, and how many of the last each is compared with at least. */
  embeddingPairsMax: 500_000_000,
  embeddingsKnownMin: 500,
  /** Items of a run that is grouped while somebody waits; larger ones are left to the sweep. */
  groupedAtOnceMax: 20_000,
  /** Runs that were opened within this time count in what operators watch. */
  levelsMs: 24 * 3_600_000,
  /** Items that a person's decision names, items of all groups that it changes, and pairs of contents that are kept of it. */
  decidedItemsMax: 100,
  decidedGroupItemsMax: 1_000,
  decidedPairsMax: 20_000,
  /** Detections are kept with so many decimals: what a leaf says does not depend on the last bit of a sum. */
  decimals: 3,
  itemsJsonBytesMax: 512 * KIB,
});
/** What is drawn on a camera's picture. */
export const scene = Object.freeze({ areasMax: 20, pointsMax: 30 });

/** Overload: see docs/decisions for why there are two thresholds. */
export const overload = Object.freeze({
  depthEnter: 1_000,
  depthLeave: 500,
  waitSecondsEnter: 45,
  waitSecondsLeave: 22.5,
  /** Neither state is left sooner, so that K changes at most once in this time. */
  dwellMsMin: 60_000,
  extraBatchWindowMs: 20,
});

export const queue = Object.freeze({
  messageBytesMax: 256 * KIB,
  visibilitySeconds: 300,
  heartbeatSeconds: 60,
  receivesMax: 5,
  /** What came back from the dead-letter queue so often is thrown away: whatever it stood for, the sweep takes up. */
  deadLetterReceivesMax: 20,
  /** Places in the queue and dead letters are counted up to here: beyond it the number tells nobody more. */
  countedMax: 10_000,
  /** A job that was sent this long ago and has neither ended nor died has lost its message. */
  lostMsMin: 30 * 60 * 1000,
  delaySecondsMax: 900,
  longPollSeconds: 20,
  receiveMessagesMax: 10,
});

/** Telling people. */
export const delivery = Object.freeze({
  endpointsPerAccountMax: 50,
  messageBytesMax: 20 * KIB,
  /** What reached Vigil this long after it happened is told without ringing. */
  lateMsMin: 15 * 60 * 1000,
  /** One attempt, from the look-up of the name to the answer. */
  attemptMsMax: 15_000,
  /** An attempt that is not recorded this long after its deadline is taken for dead. */
  attemptMarginMs: 30_000,
  /** What was taken to be sent and is not known to be in the queue this long after is taken anew: its process died. */
  sendMsMax: 60_000,
  /** A message that lies in the queue for longer than this without an attempt is sent once more. */
  queuedMsMax: 15 * 60 * 1000,
  /** A message whose function died before it began an attempt comes back after this long. */
  visibilitySeconds: 120,
  /** How many deliveries one dispatch takes, and how many of one endpoint are in the queue or under way. */
  leaseMax: 200,
  perEndpointMax: 4,
});

/** The ledger: how much of it is read, and added up, at once. */
export const ledger = Object.freeze({
  faultsMax: 20,
  foldedAtOnceMax: 50_000,
});

/** Links to one digest, and bundles of one. */
export const share = Object.freeze({
  hoursMax: 30 * 24,
  hoursDefault: 7 * 24,
  /** Of one account, that are open at once. */
  openMax: 100,
  /** How often one link is opened within the window, in each process of the API by itself. */
  openingsMax: 30,
  openingsWindowMs: 60_000,
  /** Links that a process remembers. */
  linksMax: 10_000,
  /** Pictures of a bundle, together: what comes on top is named in it and left out. */
  bundleBytesMax: 100 * MIB,
  picturesAtOnceMax: 4,
});

/** When something is wrong with a device (device/is-silent.ts). */
export const device = Object.freeze({
  /** A gateway reports four times a minute. */
  gatewaySilentMsMin: 5 * 60 * 1000,
  /** A camera that was heard on `heardDaysMin` of the `heardDaysOf` days before is silent after this long. */
  silentMsMin: 24 * 60 * 60 * 1000,
  heardDaysOf: 7,
  heardDaysMin: 5,
  /** One that was heard last longer ago than this is not found silent any more: the sweep stood still, or it is new here. */
  silentMsMax: 48 * 60 * 60 * 1000,
  /** A trouble that ended and comes back within this time is the same one, and does not ring again. */
  troubleCalmMsMin: 6 * 60 * 60 * 1000,
  /** How many pictures of a camera must show nothing for it to be blind. */
  blindPicturesMin: 2,
  judgedAtOnceMax: 200,
});

/** Following an account's stream. */
export const stream = Object.freeze({
  /** How often a follower looks for what is new. */
  pollMs: 400,
  /** Followers that look within this time of each other share one question to the database. */
  gatherMs: 100,
  /** How often it is looked whether a follower still may. */
  rightMs: 800,
  entriesAtOnceMax: 200,
  heartbeatMs: 15_000,
  /** A stream ends by itself and its follower comes back: nobody tells a Lambda function that its reader has gone. */
  followMsMax: 2 * 60 * 1000,
});

/**
 * The database. The first three are set for the application's role (db/migrate.ts), so that they hold whatever stands
 * between; the others are this side's.
 */
export const database = Object.freeze({
  statementMsMax: 10_000,
  lockMsMax: 4_000,
  idleInTransactionMsMax: 10_000,
  /** A connection on which no answer came for this long is dead. */
  answerMsMax: 12_000,
  /** How long one waits for a connection, made or given back. */
  connectMsMax: 10_000,
  idleMsMax: 60_000,
  /** The part of a pool that one account may hold, and how long its requests wait for that. */
  accountShareMax: 0.5,
  accountWaitMsMax: 25_000,
  pingMsMax: 2_000,
});

/** Stores and queues: how long one call of them may take, repetitions of it included. */
export const outside = Object.freeze({
  callMsMax: 5_000,
  /** What moves bytes may take longer by what they need on a slow line: 1 MB a second. */
  bytesPerMsMin: 1_000,
  retryAfterSeconds: 5,
});

/** The worker. */
export const worker = Object.freeze({
  /** Evidence that moments under way hold in memory. */
  evidenceBytesMax: 100 * MIB,
  /** Pixels of pictures that are being decoded at once, for each decoding process. */
  pixelsDecodedPerProcessMax: 20_000_000,
  /**
   * How long decoding one picture may take: what a picture of its size costs on a slow processor, and the time that its
   * account has to spare. A picture that takes longer is ended; it is hostile, or no decoder will ever finish it.
   */
  decodeMsMin: 300,
  decodeMsPerMegapixelMax: 25,
  decodeSpareMsMax: 8_000,
  /** An account's spare time for all its pictures, and how fast it comes back. */
  decodeSpareMsPerAccountMax: 10_000,
  decodeSpareMsPerSecond: 100,
  preloadMax: 32,
  preloadPerHostMax: 4,
  /** Fetch deadline by priority, 1 (highest) to 4. */
  preloadDeadlineMs: Object.freeze([2_000, 4_000, 6_000, 8_000] as const),
  batchImagesMax: 64,
  /** A signed request older or newer than this is refused. */
  signatureAgeSecondsMax: 5 * 60,
  /** A worker that has not reported for this long does not count as capacity. */
  silentSecondsMax: 30,
  /** How many workers the database remembers, and how long each after its last report. */
  rememberedMax: 1_000,
  rememberedMsMax: 24 * 60 * 60 * 1000,
  digestBytesMax: 2 * MIB,
  /** A report of 256 pictures: some kilobytes each when they are full of people. */
  chunkBytesMax: 5 * MIB,
  /** What a worker may say of itself: more than any machine does, and far from where sums of them overflow. */
  itemsPerSecondMax: 100_000,
  millisecondsMax: 30 * 24 * 60 * 60 * 1000,
  inFlightMax: 100_000,
  queueDepthMax: 1_000_000_000,
  facesMax: 10_000,
});

assert.ok(
  database.lockMsMax < database.statementMsMax && database.statementMsMax < database.answerMsMax,
  "the server tells of a lock, then of a statement that takes too long, before this side gives up the connection",
);
assert.ok(database.accountShareMax <= 0.5, "one account leaves half of the connections to others");
assert.ok(
  erasing.settleMs > evidence.urlSecondsMax * 1000 + outside.callMsMax,
  "an upload whose URL was given out before the doors were closed has ended before objects are deleted",
);
assert.ok(evidence.urlSecondsMax <= 60, "presigned URLs live at most 60 seconds");
assert.ok(
  evidence.urlMarginSeconds < evidence.urlSecondsMax,
  "the renewal margin must fit into a URL's life",
);
assert.ok(
  review.kMin <= review.kDefault && review.kDefault <= review.kIdleMax,
  "kMin <= kDefault <= kIdleMax",
);
assert.ok(
  overload.depthLeave < overload.depthEnter,
  "hysteresis: leave below the threshold that was entered",
);
assert.ok(
  overload.waitSecondsLeave < overload.waitSecondsEnter,
  "hysteresis: leave below the expected wait that was entered",
);
assert.ok(
  queue.heartbeatSeconds * 2 < queue.visibilitySeconds,
  "two missed heartbeats must not release a job",
);
assert.ok(
  queue.lostMsMin > queue.receivesMax * queue.visibilitySeconds * 1000,
  "a job is not lost while its receives may still run out",
);
assert.ok(
  delivery.attemptMsMax + delivery.attemptMarginMs < delivery.visibilitySeconds * 1000 &&
    delivery.visibilitySeconds * 1000 < delivery.queuedMsMax,
  "an attempt ends before its message comes back, and that comes back before it is taken for lost",
);
assert.ok(
  delivery.sendMsMax > 2 * outside.callMsMax,
  "a batch that begins in the first half of its lease is sent, and noted, before the lease ends",
);
assert.ok(
  session.gapSecondsMax <= queue.delaySecondsMax,
  "a session's gap must fit into one delayed message",
);
assert.ok(evidence.perEventMax >= review.kIdleMax, "one event may fill the largest review");
// A moment in a job is an id, a presigned URL of some 1,500 characters, and a few short fields.
assert.ok(review.kIdleMax * 3 * KIB < queue.messageBytesMax, "the largest job must fit into one message");
assert.ok(edge.partBytesMax > (evidence.bytesMax * 4) / 3, "a picture in base64 fits into a part");
assert.ok(edge.wholeFormBytesMax < (edge.forwardedBytesMax * 3) / 4, "a form fits into a function's request");
assert.ok(rate.eventsMax >= accept.batchEventsMax, "a whole batch may be sent at once");
assert.ok(
  outside.callMsMax + evidence.bytesMax / outside.bytesPerMsMin < 15_000,
  "a function that may run for 30 s has time to record the event that a picture could not be stored of",
);
assert.ok(accept.attributesBytesMax < accept.jsonBytesMax, "attributes must fit into a body");
assert(question.borderlineMax < review.detectionConfidence, "what was not seen is never near a boundary");
