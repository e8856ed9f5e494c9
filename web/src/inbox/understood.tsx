/** How a question in words was understood. */

import type { SearchPage } from "../api/contract.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { clock, day } from "../words/time.ts";
import { say } from "./say.ts";

/** The stretches of time that are named; the rest are counted. */
const stretchesShownMax = 3;

type Props = { understood: SearchPage["understood"]; count: number; isAll: boolean };

export function Understood({ understood, count, isAll }: Props) {
  const { account } = useVisit();
  const now = useNow(60_000);
  const at = (instant: string) =>
    `${day(instant, account.timeZone, now)} ${clock(instant, account.timeZone)}`;
  const times = understood.stretches?.map(({ from, until }) => say.span(at(from), at(until))) ?? [
    say.atAnyTime,
  ];
  const shown = times.slice(0, stretchesShownMax).join(", ");
  const more = times.length - stretchesShownMax;
  const when = times.length === 0 ? say.notComeYet : more > 0 ? say.andMore(shown, more) : shown;
  const what = understood.words === "" ? say.anything : understood.words;
  return (
    <p className="quiet understood" role="status">
      {say.understood({ count, isAll, what, when })}
    </p>
  );
}
