/** The bounds of what people are asked: a part of `limits.ts`, by which they are reached. */

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
