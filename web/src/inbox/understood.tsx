/** How a question in words was understood. */
import type { SearchPage } from "../api/contract.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { clock, day } from "../words/time.ts";

/** The stretches of time that are named; the rest are counted. */
const stretchesShownMax = 3;

type Props = { understood: SearchPage["understood"]; count: number; isAll: boolean };

export function Understood({ understood, count, isAll }: Props) {
  const { account } = useVisit();
  const now = useNow(60_000);
  const at = (instant: string) =>
    `${day(instant, account.timeZone, now)} ${clock(instant, account.timeZone)}`;
  const times = understood.stretches?.map(({ from, until }) => `${at(from)} to ${at(until)}`) ?? [
    "at any time",
  ];
  const what = understood.words === "" ? "anything" : understood.words;
  const shown = times.slice(0, stretchesShownMax).join(", ");
  const when = times.length === 0 ? "at a time that has not come yet" : shown;
  const more = times.length > stretchesShownMax ? ` and ${times.length - stretchesShownMax} more` : "";
  const many = count === 0 ? "Nothing was found" : `${count}${isAll ? "" : " or more"} found`;
  return (
    <p className="quiet understood" role="status">
      {many}. Looked for: {what}, {when}
      {more}.
    </p>
  );
}
