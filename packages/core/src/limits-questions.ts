/** The bounds of what people are asked, and of sources: a part of `limits.ts`, by which they are reached. */

export const question = Object.freeze({
  rulesMax: 10,
  declaredCharsMax: 100,
  /** Of a run's items, those nearest to a boundary of its rules: so many become questions at most. */
  askedShareMax: 0.15,
  /** Nobody answers more of one run. */
  askedMax: 5_000,
  /** How far from the boundary an item counts as near, in confidence. */
  borderlineDefault: 0.1,
  borderlineMax: 0.2,
  /** Of the questions, those that are asked once more. */
  twiceShare: 0.05,
  /** If nobody else has answered for so long, whoever answered first is asked again. */
  waitForOtherMs: 24 * 60 * 60 * 1000,
  listedMax: 50,
});

const dayMs = 24 * 60 * 60 * 1000;

/** Givers of pictures, and what is held against them. */
export const source = Object.freeze({
  windowMs: 30 * dayMs,
  /** After that a blocked one is on probation again. */
  blockedMs: 7 * dayMs,
  /** What fewer tell says nothing. */
  judgedMin: 20,
  /** Shares from which on it is on probation, and blocked, if it is surely above them (95 %). */
  faults: {
    "off-topic": { probation: 0.2, blocked: 0.3 },
    duplicates: { probation: 0.5, blocked: 0.7 },
    broken: { probation: 0.2, blocked: 0.4 },
  },
  /** What a source on probation may give, unless an owner says otherwise. */
  probationItemsPerRun: 5_000,
  probationItemsPerDay: 10_000,
  quotaMax: 1_000_000,
  reasonCharsMax: 500,
  /** Of the newest: what is counted to rate one. */
  ratedRunsMax: 50,
  ratedItemsOfRunMax: 10_000,
  ratedEventsMax: 1_000,
  listedMax: 500,
});
