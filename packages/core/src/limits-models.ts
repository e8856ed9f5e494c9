/** Upper bounds of comparing models, what looks in their shadow, and versions; limits.ts has all others. */

/** A model is compared with the one in use: `npm run experiments:simulate` plays what these lead to. */
export const experiment = Object.freeze({
  /** The chance at which a model that is no better is promoted, or one that is no worse blocked, at most. */
  alpha: 0.05,
  slicesMax: 20,
  /** Pairs of a slice before it can be called clear. */
  slicePairsMin: 100,
  pairsMax: 20_000,
  pairsAtOnceMax: 1_000,
  curvePointsMax: 200,
  /** Decisions and experiments that operators are shown, the newest first. */
  shownMax: 50,
});

/** A challenger that looks at pictures of live reviews as well. */
export const shadow = Object.freeze({
  /** Of reviews. */
  shareMax: 0.5,
  /** Disagreements of an experiment that wait for an answer: while there are so many, no more are looked for. */
  openMax: 20,
  /** Without an answer. */
  keptMs: 30 * 24 * 3_600_000,
  /** Of what whoever answers is shown. */
  shownConfidenceMin: 0.4,
  /** Settled results that become pairs at once. */
  countedAtOnceMax: 1_000,
  forgottenAtOnceMax: 1_000,
});

/** A new version of the API beside the one before: `npm run deployments:simulate` plays what these lead to. */
export const deployment = Object.freeze({
  /** The chance at which a version that is no worse is rolled back for evidence, at most. */
  alpha: 0.05,
  shareMin: 0.01,
  shareDefault: 0.1,
  shareMax: 0.5,
  /** Of its own, before it can have all of them. */
  requestsMin: 1_000,
  /** Of its own, after which what still leans to worse is taken for worse. */
  requestsMax: 10_000,
  shownMax: 50,
});
