/**
 * A clock that goes slower on a machine that is busy with other things, so that what it bounds hangs, and does not merely
 * wait for a processor.
 */
import { cpus, loadavg } from "node:os";

/** Who waits for a processor behind so many others is slow, and not stuck. */
const loadPerProcessor = 4;
/** What hangs is ended on any machine. */
const slowdownMax = 3;

/** @param loadNow processes that run or want to, a processor: the average of the last minute */
export function patientClock(
  now: () => number = () => performance.now(),
  loadNow: () => number = () => (loadavg()[0] ?? 0) / cpus().length,
): { readonly ms: number } {
  let [ms, last] = [0, now()];
  return {
    get ms() {
      const at = now();
      ms += (at - last) / Math.min(slowdownMax, Math.max(1, loadNow() / loadPerProcessor));
      last = at;
      return ms;
    },
  };
}
