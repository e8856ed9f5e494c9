/** The figures of a stretch of days, in words that say what was counted. */

import type { Trends } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { waited } from "../words/time.ts";
import { say } from "./say.ts";

export type Sum = { name: string; figure: string; detail: string };

export function sumsOf({ days, reviews, dismissed, response }: Trends): Sum[] {
  const total = (each: (day: Trends["days"][number]) => number) =>
    days.reduce((sum, day) => sum + each(day), 0);
  const serious = total(({ sessions }) => sessions.elevated + sessions.critical);
  const digests = total((day) => day.digests);
  return [
    {
      name: say.events,
      figure: number(total((day) => day.events)),
      detail: say.digestsOfThem(digests),
    },
    { name: say.serious, figure: number(serious), detail: say.seriousWhat },
    {
      name: say.deepReviews,
      figure: number(reviews.asked),
      detail: say.asked(reviews.byMembers, reviews.failed),
    },
    { name: say.calledFalse, figure: number(dismissed), detail: say.weighLess },
    {
      name: say.lookedWithin,
      figure: response.medianSeconds === null ? "–" : waited(response.medianSeconds),
      detail: response.digests === 0 ? say.noSerious : say.opened(response.opened, response.digests),
    },
  ];
}
