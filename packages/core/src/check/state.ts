/**
 * A check is `claimed` when its points are, then `settled` with its verdict, or `given-back` when there is none. One of a recording
 * that is uploaded waits for its bytes and then for a worker; it is `refused` when the bytes are not what was announced, and costs
 * what it cost to find that out. Ends are final: points are spent or given back once, whatever is tried again. One that was to be
 * answered at once and whose process died stays claimed, and spent.
 */
export const checkTransitions = Object.freeze({
  claimed: ["settled", "given-back"],
  "awaiting-upload": ["awaiting-worker", "given-back"],
  "awaiting-worker": ["settled", "refused", "given-back"],
  settled: [],
  refused: [],
  "given-back": [],
} as const);
export type CheckState = keyof typeof checkTransitions;
