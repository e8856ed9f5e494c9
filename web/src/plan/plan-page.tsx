/** What the account has bought, what there is to buy, and the way to the payment provider's pages. */

import { useEffect, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Billing, PaidTier, Subscription } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { priceWords } from "./plan-words.ts";
import { say } from "./say.ts";
import { tierName } from "./tier-name.ts";

/** Whoever comes back from paying sees the tier change. */
const everyMs = 3_000;

export function PlanPage() {
  const { api, membership } = useVisit();
  const { value: billing } = useAnswer(["billing"], api.billing, everyMs);
  const [bought] = useState(() => new URLSearchParams(location.search).get("bought"));
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const isOwner = membership === undefined || membership.role === "owner";
  return (
    <main id="content" className="page endpoints" tabIndex={-1} aria-busy={billing === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.plan}</h1>
      {billing === undefined ? <div className="skeleton-line" /> : null}
      {billing === undefined || bought === null ? null : (
        <p role="status">{billing.tier === bought ? say.yours : say.paymentComes}</p>
      )}
      {billing?.subscriptions.map((subscription) => (
        <Bought
          key={`${subscription.tier} ${subscription.state} ${subscription.endsAt}`}
          subscription={subscription}
          isOwner={isOwner}
        />
      ))}
      {billing === undefined ? null : <Plans billing={billing} isOwner={isOwner} />}
    </main>
  );
}

function Bought({ subscription, isOwner }: { subscription: Subscription; isOwner: boolean }) {
  const { api, account } = useVisit();
  const deed = useDeed(() => {});
  const { tier, state, endsAt } = subscription;
  const go = (wish: "manage" | "change" | "cancel" | "pay") =>
    deed.run(async () => location.assign((await api.openPortal(wish)).url));
  return (
    <section className="panel" aria-labelledby="bought-title">
      <h2 id="bought-title">{say.yourSubscription(tierName[tier])}</h2>
      {state === "past-due" ? <p className="fault">{say.paymentFailed(tierName[tier])}</p> : null}
      {state === "suspended" ? <p className="fault">{say.notPaid}</p> : null}
      {endsAt === null ? null : <p>{say.endsOn(dateAndTime(endsAt, account.timeZone))}</p>}
      {isOwner ? (
        <div className="actions">
          {state === "paying" ? null : (
            <button type="button" className="button" disabled={deed.busy} onClick={() => go("pay")}>
              {say.payAnotherWay}
            </button>
          )}
          {state === "paying" ? (
            <button type="button" className="button-small" disabled={deed.busy} onClick={() => go("change")}>
              {say.change}
            </button>
          ) : null}
          {endsAt === null ? (
            <button type="button" className="button-small" disabled={deed.busy} onClick={() => go("cancel")}>
              {say.cancel}
            </button>
          ) : null}
          <button type="button" className="button-quiet" disabled={deed.busy} onClick={() => go("manage")}>
            {say.invoices}
          </button>
        </div>
      ) : null}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}

function Plans({ billing, isOwner }: { billing: Billing; isOwner: boolean }) {
  const { tier: current, isOffered, prices, subscriptions } = billing;
  const mayBuy = isOwner && isOffered && subscriptions.length === 0;
  return (
    <>
      {isOffered ? null : <p className="quiet">{say.setByOperator}</p>}
      {(["lite", "guardian", "pro"] as const).map((tier) => {
        const price = prices.find((each) => each.tier === tier);
        const cost = tier === "lite" ? say.free : price === undefined ? undefined : priceWords(price);
        return (
          <section key={tier} className="panel" aria-labelledby={`plan-${tier}`}>
            <h2 id={`plan-${tier}`}>
              {tierName[tier]}
              {tier === current ? <span className="tier">{say.yoursNow}</span> : null}
            </h2>
            {cost === undefined ? null : <p>{cost}</p>}
            <ul className="gives">
              {say.gives[tier].map((given) => (
                <li key={given}>{given}</li>
              ))}
            </ul>
            {mayBuy && tier !== "lite" && tier !== current ? <BuyButton tier={tier} /> : null}
          </section>
        );
      })}
      {!isOwner && isOffered ? <p className="quiet">{say.ownerBuys}</p> : null}
    </>
  );
}

function BuyButton({ tier }: { tier: PaidTier }) {
  const { api } = useVisit();
  // The same wish, pressed twice, is one page.
  const [wish] = useState(createIdempotencyKey);
  const deed = useDeed(() => {});
  return (
    <div className="actions">
      <button
        type="button"
        className="button"
        disabled={deed.busy}
        onClick={() => deed.run(async () => location.assign((await api.openCheckout(tier, wish)).url))}
      >
        {deed.busy ? everywhere.oneMoment : say.buy(tierName[tier])}
      </button>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </div>
  );
}
