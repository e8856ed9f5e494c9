/** The account's tier, and how much of its allowance of deep reviews is left. */

import type { Usage } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { tierName } from "../plan/tier-name.ts";
import { Link } from "../shell/link.tsx";
import { checksPath, ledgerPath, planPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { unmarked } from "../words/mark.ts";
import { Marked } from "../words/marked.tsx";
import { until } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 10_000;

export function UsagePanel() {
  const { api, account } = useVisit();
  const { value: usage } = useAnswer(["usage"], api.usage, everyMs);
  const now = useNow(60_000);
  return (
    <section className="panel" aria-labelledby="usage-title" aria-busy={usage === undefined}>
      <h2 id="usage-title">
        {say.deepReviews} <span className="tier">{tierName[account.tier]}</span>
      </h2>
      {usage === undefined ? (
        <div className="skeleton-line" />
      ) : (
        <Allowance usage={usage} timeZone={account.timeZone} now={now} />
      )}
      <p className="quiet">
        <Link className="link" href={planPath}>
          {say.plan}
        </Link>{" "}
        ·{" "}
        <Link className="link" href={ledgerPath}>
          {say.ledger}
        </Link>{" "}
        ·{" "}
        <Link className="link" href={checksPath}>
          {say.checks}
        </Link>
      </p>
    </section>
  );
}

function Allowance({ usage, timeZone, now }: { usage: Usage; timeZone: string; now: number }) {
  const { limit, used, left, refunded, resetsAt, tokens, tokensMax } = usage.reviews;
  const givenBack = refunded === 0 ? "" : ` ${say.givenBack(refunded)}`;
  if (usage.tier === "lite") {
    return <p className="quiet">{say.liteOnly}</p>;
  }
  if (tokens !== undefined && tokensMax !== undefined) {
    const ready = say.priorityReady(Math.floor(tokens), tokensMax);
    return (
      <>
        <p>
          <Marked text={ready}>{(figure) => <strong className="figure">{figure}</strong>}</Marked>
        </p>
        <meter className="meter" min={0} max={tokensMax} value={tokens} aria-label={unmarked(ready)} />
        <p className="quiet">
          {say.neverRefused(used)}
          {givenBack}
        </p>
      </>
    );
  }
  if (limit === undefined) return <p>{say.doneToday(used)}</p>;
  const remaining = left ?? Math.max(0, limit - used);
  return (
    <>
      <p>
        <Marked text={say.leftToday(remaining, limit)}>
          {(figure) => <strong className="figure">{figure}</strong>}
        </Marked>
      </p>
      <meter
        className="meter"
        min={0}
        max={limit}
        value={remaining}
        aria-label={say.reviewsLeftToday(remaining, limit)}
      />
      <p className="quiet">
        {resetsAt === undefined ? say.used(used) : say.usedUntil(used, until(resetsAt, timeZone, now))}
        {givenBack}
      </p>
    </>
  );
}
