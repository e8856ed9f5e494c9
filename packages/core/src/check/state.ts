/**
 * A check is `claimed` when its points are, then `settled` with its verdict, or `given-back` when there is none. Both ends are
 * final: points are spent or given back once, whatever is tried again. One whose process died stays claimed, and spent.
 */
export const checkTransitions = Object.freeze({
  claimed: ["settled", "given-back"],
  settled: [],
  "given-back": [],
} as const);
export type CheckState = keyof typeof checkTransitions;
