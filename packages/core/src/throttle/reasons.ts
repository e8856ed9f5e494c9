/** Why K is what it is, in plain words: for the review that it concerns and for operators. */
import { overload, review } from "../limits.ts";
import type { Overload } from "./step.ts";

const count = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

const deferred = "the other moments are looked at later";

/** Empty while the system is neither busy nor idle. */
export function reasons(state: Overload, { idle }: { idle: boolean } = { idle: false }): string[] {
  if (!state.overloaded) {
    return idle ? [`The system is idle, so pro reviews look at up to ${review.kIdleMax} moments.`] : [];
  }
  const words: string[] = [];
  if (state.depthHigh && state.last) {
    words.push(
      `${count.format(state.last.depthReviews)} reviews are waiting. From ${count.format(overload.depthEnter)} until fewer than ${count.format(overload.depthLeave)}, each looks at half as many moments; ${deferred}.`,
    );
  }
  if (state.waitHigh) {
    const wait = state.last?.expectedWaitSeconds ?? null;
    const now =
      wait === null
        ? "The queue held too much work when it was last measured."
        : `The queue holds ${count.format(wait)} seconds of work.`;
    words.push(
      `${now} From ${overload.waitSecondsEnter} until less than ${overload.waitSecondsLeave}, each review looks at half as many moments; ${deferred}.`,
    );
  }
  if (words.length === 0) {
    words.push(
      `The system was overloaded less than ${count.format(overload.dwellMsMin / 1000)} seconds ago, so each review still looks at half as many moments; ${deferred}.`,
    );
  }
  return words;
}
