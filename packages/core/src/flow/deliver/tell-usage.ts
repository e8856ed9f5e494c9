/** An allowance that is used up is told once a day, in the transaction that takes the last of it. */
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import type { Language } from "../../language/wire.ts";
import * as Quota from "../../quota/index.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { type Said, tell } from "./tell.ts";

const usageWords: Readonly<Record<Language, (limit: number) => Said>> = {
  en: (limit) => ({
    title: `Today's ${limit} deep reviews are used up`,
    summary: [
      "Every event is still assessed at once, and life-safety is still reviewed, beyond every limit.",
      "Other sessions keep their assessment until the allowance begins anew.",
    ],
  }),
  de: (limit) => ({
    title: `Die ${limit} genauen Prüfungen von heute sind verbraucht`,
    summary: [
      "Jedes Ereignis wird weiterhin sofort eingeschätzt, und bei Gefahr für Leib und Leben wird weiterhin geprüft, jenseits aller Grenzen.",
      "Andere Vorgänge behalten ihre Einschätzung, bis das Kontingent neu beginnt.",
    ],
  }),
};

export function sayUsage(language: Language, limit: number): Said {
  return usageWords[language](limit);
}

/** Goes after the claim, under the account's lock. @returns whether anybody is told */
export async function tellUsage(services: Services, tx: Tx, account: Account.Account): Promise<boolean> {
  const now = services.clock.now();
  const { reviews } = Quota.usageOf(await Quota.balance(tx, account, now));
  const { limit, left, resetsAt } = reviews;
  if (left !== 0 || limit === undefined || resetsAt === undefined) return false;
  const told = await tell(
    tx,
    account,
    {
      kind: "usage",
      subject: account.id,
      version: resetsAt,
      level: "low",
      urgent: false,
      isLate: false,
      site: null,
      say: (language) => sayUsage(language, limit),
      zones: [],
      seen: {},
      thread: `${account.id}:${resetsAt}`,
      occurredAt: now,
      links: { console: consolePage(services, ""), api: "/v1/usage" },
    },
    { now },
  );
  return told > 0;
}
