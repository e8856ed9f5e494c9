/** The account's tier, and how much of its allowance of deep reviews is left. */
import type { Usage } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { tierName } from "../plan/plan-words.ts";
import { Link } from "../shell/link.tsx";
import { checksPath, ledgerPath, planPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { until } from "../words/time.ts";

const everyMs = 10_000;

export function UsagePanel() {
  const { api, account } = useVisit();
  const { value: usage } = useAnswer(["usage"], api.usage, everyMs);
  const now = useNow(60_000);
  return (
    <section className="panel" aria-labelledby="usage-title" aria-busy={usage === undefined}>
      <h2 id="usage-title">
        Deep reviews <span className="tier">{tierName[account.tier]}</span>
      </h2>
      {usage === undefined ? (
        <div className="skeleton-line" />
      ) : (
        <Allowance usage={usage} timeZone={account.timeZone} now={now} />
      )}
      <p className="quiet">
        <Link className="link" href={planPath}>
          Plan
        </Link>{" "}
        ·{" "}
        <Link className="link" href={ledgerPath}>
          Ledger: what came of everything
        </Link>{" "}
        ·{" "}
        <Link className="link" href={checksPath}>
          Check a text or a picture
        </Link>
      </p>
    </section>
  );
}

function Allowance({ usage, timeZone, now }: { usage: Usage; timeZone: string; now: number }) {
  const { limit, used, left, refunded, resetsAt, tokens, tokensMax } = usage.reviews;
  const givenBack = refunded === 0 ? "" : ` ${refunded} given back.`;
  if (usage.tier === "lite") {
    return <p className="quiet">Lite assesses every event. Guardian and Pro add deep reviews.</p>;
  }
  if (tokens !== undefined && tokensMax !== undefined) {
    return (
      <>
        <p>
          <strong className="figure">{Math.floor(tokens)}</strong> of {tokensMax} priority reviews ready
        </p>
        <meter
          className="meter"
          min={0}
          max={tokensMax}
          value={tokens}
          aria-label={`${Math.floor(tokens)} of ${tokensMax} priority reviews ready`}
        />
        <p className="quiet">
          {used} done today. Never refused: without one ready, a review waits in the standard queue.
          {givenBack}
        </p>
      </>
    );
  }
  if (limit === undefined) return <p>{used} done today.</p>;
  const remaining = left ?? Math.max(0, limit - used);
  return (
    <>
      <p>
        <strong className="figure">{remaining}</strong> of {limit} left today
      </p>
      <meter
        className="meter"
        min={0}
        max={limit}
        value={remaining}
        aria-label={`${remaining} of ${limit} deep reviews left today`}
      />
      <p className="quiet">
        {used} used{resetsAt === undefined ? "" : `, new ones ${until(resetsAt, timeZone, now)}`}.{givenBack}
      </p>
    </>
  );
}
