/** What the account has bought, what there is to buy, and the way to the payment provider's pages. */
import { useEffect, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Billing, PaidTier, Subscription } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";
import { priceWords, tierGives, tierName } from "./plan-words.ts";

/** Whoever comes back from paying sees the tier change. */
const everyMs = 3_000;

export function PlanPage() {
  const { api, membership } = useVisit();
  const { value: billing } = useAnswer(["billing"], api.billing, everyMs);
  const [bought] = useState(() => new URLSearchParams(location.search).get("bought"));
  useEffect(() => {
    document.title = "Vigil · Plan";
  }, []);
  const isOwner = membership === undefined || membership.role === "owner";
  return (
    <main id="content" className="page endpoints" tabIndex={-1} aria-busy={billing === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> All digests
      </Link>
      <h1>Plan</h1>
      {billing === undefined ? <div className="skeleton-line" /> : null}
      {billing === undefined || bought === null ? null : (
        <p role="status">
          {billing.tier === bought
            ? "Thank you. It is yours from now on."
            : "Thank you. The payment is on its way."}
        </p>
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
      <h2 id="bought-title">Your subscription: {tierName[tier]}</h2>
      {state === "past-due" ? (
        <p className="fault">
          A payment failed, and is tried again. Pay another way, so that {tierName[tier]} stays.
        </p>
      ) : null}
      {state === "suspended" ? (
        <p className="fault">It is not paid, so the account is served as Lite until it is.</p>
      ) : null}
      {endsAt === null ? null : (
        <p>Cancelled: it ends on {dateAndTime(endsAt, account.timeZone)}, and costs nothing after that.</p>
      )}
      {isOwner ? (
        <div className="actions">
          {state === "paying" ? null : (
            <button type="button" className="button" disabled={deed.busy} onClick={() => go("pay")}>
              Pay another way
            </button>
          )}
          {state === "paying" ? (
            <button type="button" className="button-small" disabled={deed.busy} onClick={() => go("change")}>
              Change it
            </button>
          ) : null}
          {endsAt === null ? (
            <button type="button" className="button-small" disabled={deed.busy} onClick={() => go("cancel")}>
              Cancel it
            </button>
          ) : null}
          <button type="button" className="button-quiet" disabled={deed.busy} onClick={() => go("manage")}>
            Invoices and cards
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
      {isOffered ? null : <p className="quiet">Tiers are set by whoever runs this installation.</p>}
      {(["lite", "guardian", "pro"] as const).map((tier) => {
        const price = prices.find((each) => each.tier === tier);
        const cost = tier === "lite" ? "costs nothing" : price === undefined ? undefined : priceWords(price);
        return (
          <section key={tier} className="panel" aria-labelledby={`plan-${tier}`}>
            <h2 id={`plan-${tier}`}>
              {tierName[tier]}
              {tier === current ? <span className="tier">yours now</span> : null}
            </h2>
            {cost === undefined ? null : <p>{cost}</p>}
            <ul className="gives">
              {tierGives[tier].map((given) => (
                <li key={given}>{given}</li>
              ))}
            </ul>
            {mayBuy && tier !== "lite" && tier !== current ? <BuyButton tier={tier} /> : null}
          </section>
        );
      })}
      {!isOwner && isOffered ? <p className="quiet">An owner of the account buys and changes it.</p> : null}
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
        {deed.busy ? "One moment…" : `Buy ${tierName[tier]}`}
      </button>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </div>
  );
}
