/** The figures of a stretch of days, in words that say what was counted. */
import type { Trends } from "../api/contract.ts";
import { count } from "../words/thing.ts";
import { waited } from "../words/time.ts";

export type Sum = { name: string; figure: string; detail: string };

export function sumsOf({ days, reviews, dismissed, response }: Trends): Sum[] {
  const total = (each: (day: Trends["days"][number]) => number) =>
    days.reduce((sum, day) => sum + each(day), 0);
  const serious = total(({ sessions }) => sessions.elevated + sessions.critical);
  const digests = total((day) => day.digests);
  return [
    {
      name: "Events",
      figure: number(total((day) => day.events)),
      detail: `${count("digest", digests)} of them`,
    },
    { name: "Serious", figure: number(serious), detail: "sessions at elevated or critical" },
    {
      name: "Deep reviews",
      figure: number(reviews.asked),
      detail: `${reviews.byMembers} asked for by members, ${reviews.failed} failed`,
    },
    { name: "Called false", figure: number(dismissed), detail: "events like them weigh less since" },
    {
      name: "Looked at within",
      figure: response.medianSeconds === null ? "–" : waited(response.medianSeconds),
      detail:
        response.digests === 0
          ? "no serious digest"
          : `in the middle; ${response.opened} of ${count("serious digest", response.digests)} opened`,
    },
  ];
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
