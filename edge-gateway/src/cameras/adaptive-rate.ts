/** How often a camera that is asked for each picture is asked: once a second at rest, five times while something moves and 30 s after. */
const restMs = 1_000;
const activeMs = 200;
const activeForMs = 30_000;

export function pauseAfter(monotonicMs: number, lastMotionMs: number): number {
  return monotonicMs - lastMotionMs < activeForMs ? activeMs : restMs;
}
