/** The rows of the list: the name of a day, or the cards that stand beside each other. */
import type { InboxDigest } from "../api/contract.ts";
import { dateKey, day } from "../words/time.ts";

export type Row =
  | { kind: "day"; key: string; name: string }
  | { kind: "cards"; key: string; digests: readonly InboxDigest[]; leading: boolean };

type Options = {
  columns: 1 | 2;
  timeZone: string;
  now: number;
};

/** The first card of all leads: it has a row of its own. */
export function rowsOf(digests: readonly InboxDigest[], { columns, timeZone, now }: Options): Row[] {
  const rows: Row[] = [];
  let date: string | undefined;
  let beside: InboxDigest[] = [];
  const end = () => {
    const [first] = beside;
    if (first) rows.push({ kind: "cards", key: first.id, digests: beside, leading: first === digests[0] });
    beside = [];
  };
  for (const digest of digests) {
    const itsDate = dateKey(digest.occurredAt, timeZone);
    if (itsDate !== date) {
      end();
      date = itsDate;
      rows.push({ kind: "day", key: date, name: day(digest.occurredAt, timeZone, now) });
    }
    beside.push(digest);
    if (beside.length === columns || digest === digests[0]) end();
  }
  end();
  return rows;
}
