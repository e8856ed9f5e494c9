/**
 * How long the last moment of the queue is expected to wait, in seconds: moments ahead divided by moments per second
 * (Little's law). Null while something waits and nobody's speed is known: a wait that nobody can tell is not a long one.
 */
export function expectedWaitSeconds(depthMoments: number, momentsPerSecond: number): number | null {
  if (depthMoments === 0) return 0;
  return momentsPerSecond > 0 ? depthMoments / momentsPerSecond : null;
}
