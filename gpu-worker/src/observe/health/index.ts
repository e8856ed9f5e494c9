/** Whether the worker makes progress: work in hand and nothing done for too long means that it does not. */
export interface Health {
  /** Some stage of some moment has ended. */
  progressed(): void;
  check(): { ok: boolean; reason: string };
}

export function createHealth(options: {
  stallMs: number;
  /** Whether a job is in hand. */
  hasWork: () => boolean;
  /** False when the detector is gone for good. */
  detectorIsUsable: () => boolean;
  now?: () => number;
}): Health {
  const { stallMs, hasWork, detectorIsUsable, now = () => performance.now() } = options;
  let lastProgressAt = now();
  return {
    progressed() {
      lastProgressAt = now();
    },
    check() {
      if (!detectorIsUsable()) return { ok: false, reason: "the detector is down" };
      const idleMs = now() - lastProgressAt;
      if (hasWork() && idleMs > stallMs) {
        return { ok: false, reason: `work is in hand and nothing ended for ${Math.round(idleMs / 1000)} s` };
      }
      return { ok: true, reason: hasWork() ? "working" : "idle" };
    },
  };
}
