/**
 * Look-alikes: a frame of a fixed camera that is nearly identical to an earlier one takes its twin's result.
 */
export { type Fingerprint, fingerprint, freeFingerprint } from "./fingerprint.ts";
export { isLookalike } from "./is-lookalike.ts";
