/** What the gateway keeps until the API has it: one item for each event that was heard. */
import type { AnnouncedEvidence, EventType, Mode } from "@vigil/core/event/wire";
import type { KeptSignature } from "./capture-key.ts";

/** What was heard, before its body is rendered. */
export type Heard = {
  type: EventType;
  zone?: string;
  /** 0..1. */
  confidence?: number;
  mode?: Mode;
  attributes: Record<string, unknown>;
};

/** When something was heard. Milliseconds; the wall clock may have been wrong, the monotonic one tells the distance to others of the same boot. */
export type Instant = { wallMs: number; monotonicMs: number };

export type NewEvidence = {
  name: string;
  contentType: AnnouncedEvidence["contentType"];
  bytes: Uint8Array;
};

export type NewItem = {
  /** `<source>.<boot>.<sequence>`; never taken from the clock. */
  id: string;
  /** What another program calls it: of two with the same name the first alone is kept, also after a restart. */
  origin?: string;
  /** Life-safety: goes before everything else, and is given up last. */
  urgent: boolean;
  heard: Heard;
  at: Instant;
  evidence: readonly NewEvidence[];
};

export type KeptEvidence = Omit<AnnouncedEvidence, "capturedAt"> & {
  /** Null: from before evidence was signed. */
  signature: KeptSignature | null;
};

/**
 * `heard`: not yet tried. `frozen`: its body is rendered and never changes again, because the API may have it.
 * `accepted`: the API has the event and waits for its evidence.
 */
export type ItemState = "heard" | "frozen" | "accepted";

export type Item = {
  id: string;
  state: ItemState;
  urgent: boolean;
  heard: Heard;
  at: Instant;
  /** The number of the boot in which it was heard. */
  boot: number;
  /** The event as JSON, once frozen. */
  body: string | null;
  /** The API's id of the event, once accepted. */
  eventId: string | null;
  evidence: KeptEvidence[];
};

/** One run of the gateway's process. */
export type Boot = {
  /** 1 for the first; counts up in the store. */
  number: number;
  /** `<number>-<4 random hex digits>`: a store that is restored from a copy never gives out an id twice. */
  label: string;
  /** The wall clock when the boot began, in milliseconds. */
  startedWallMs: number;
  /** False when the wall clock then stood before a time that had been stored earlier. */
  clockTrusted: boolean;
  /** Set at the first answer of the API: at `monotonicMs` of this boot the time was `trueMs`. */
  anchor: { monotonicMs: number; trueMs: number } | null;
  /** The latest monotonic time that is known of it. */
  lastMonotonicMs: number;
};

/** How an item, or a piece of evidence, ends. */
export type Outcome = "forwarded" | "refused" | "dropped";

export type LedgerEntry = {
  /** Milliseconds since 1970 by the gateway's own clock. */
  atMs: number;
  itemId: string;
  /** The name of the piece of evidence that it is about; null for the event itself. */
  evidence: string | null;
  outcome: Outcome;
  /** A code of the API's catalogue of problems, or the gateway's own word such as `disk-full`. */
  reason: string;
  detail: string;
};

/** `heard` = forwarded + refused + dropped + `kept`, at any time. */
export type Balance = {
  heard: number;
  kept: number;
  keptUrgent: number;
  /** By outcome and reason. */
  ended: { outcome: Outcome; reason: string; count: number }[];
};
