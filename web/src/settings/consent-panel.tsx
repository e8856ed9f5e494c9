/** What may be looked for in each site's pictures: off until an owner turns it on, and erased when it is turned off. */

import { Fragment } from "react";
import type { Consent, SiteConsents } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 10_000;

export function ConsentPanel({ mayChange }: { mayChange: boolean }) {
  const { api } = useVisit();
  const { value: sites, refresh } = useAnswer(["consents"], api.consents, everyMs);
  return (
    <section className="panel" aria-labelledby="consent-title" aria-busy={sites === undefined}>
      <h2 id="consent-title">{say.consent}</h2>
      <p className="quiet">{say.consentWhat}</p>
      <dl>
        {Object.values(say.kinds).map(({ name, does }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      {sites?.map((site) => (
        <SiteSection key={site.siteId} site={site} mayChange={mayChange} onChanged={refresh} />
      ))}
      {mayChange ? null : <p className="quiet">{everywhere.ownerMayChange}</p>}
    </section>
  );
}

type Changing = { mayChange: boolean; onChanged: () => void };

function SiteSection({ site, ...changing }: Changing & { site: SiteConsents }) {
  return (
    <fieldset className="consents">
      <legend>{site.siteName}</legend>
      {site.consents.map((consent) => (
        <ConsentRow key={consent.kind} siteId={site.siteId} consent={consent} {...changing} />
      ))}
    </fieldset>
  );
}

function ConsentRow({
  siteId,
  consent,
  mayChange,
  onChanged,
}: Changing & { siteId: string; consent: Consent }) {
  const { api } = useVisit();
  const deed = useDeed(onChanged);
  const { kind, given, withdrawal } = consent;
  const isEnding = withdrawal !== null && withdrawal.erasedAt === null;
  const id = `consent-${siteId}-${kind}`;
  return (
    <div className="consent">
      <label className="settings-check">
        <input
          type="checkbox"
          aria-describedby={id}
          checked={given}
          disabled={!mayChange || deed.busy || isEnding}
          onChange={(event) => {
            const wanted = event.target.checked;
            deed.run(() => api.changeConsent(siteId, kind, wanted));
          }}
        />
        {say.kinds[kind].name}
      </label>
      <div id={id}>
        <Said consent={consent} />
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </div>
  );
}

/** Who said so and when, and what became of what was withdrawn. */
function Said({ consent: { given, givenBy, givenAt, withdrawal } }: { consent: Consent }) {
  const { account } = useVisit();
  const at = (instant: string) => dateAndTime(instant, account.timeZone);
  if (given && givenAt !== null) {
    return (
      <p className="quiet" role="status">
        {say.onSince(at(givenAt), givenBy ?? "")}
      </p>
    );
  }
  if (withdrawal === null) return <p className="quiet">{say.offNobody}</p>;
  const { withdrawnBy, withdrawnAt, erasedAt, counts, note } = withdrawal;
  if (erasedAt === null) {
    return (
      <p className="quiet" role="status">
        {say.offErasing(at(withdrawnAt), withdrawnBy)}
      </p>
    );
  }
  return (
    <>
      <p className="quiet" role="status">
        {say.offErased({
          when: at(withdrawnAt),
          by: withdrawnBy,
          erased: at(erasedAt),
          findings: counts.findings,
          digests: counts.digests,
        })}
      </p>
      {note === null ? null : (
        <details>
          <summary>{say.receipt}</summary>
          <pre className="receipt">{note}</pre>
        </details>
      )}
    </>
  );
}
