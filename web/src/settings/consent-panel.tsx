/** What may be looked for in each site's pictures: off until an owner turns it on, and erased when it is turned off. */
import { Fragment } from "react";
import type { Consent, SiteConsents } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";

const everyMs = 10_000;

const kinds: Readonly<Record<Consent["kind"], { name: string; does: string }>> = {
  faces: {
    name: "Faces",
    does: "Counts the faces that are clear enough to see, so that a digest can say which pictures show somebody. Nobody is recognised by name.",
  },
  plates: {
    name: "Number plates",
    does: "Reads the plates of vehicles into the digest, where they can be searched for.",
  },
  reidentification: {
    name: "The same person again",
    does: "Compares what people look like, so that a digest can say that two cameras saw one person. For pictures that are imported in bulk, every site must have it on: then those that look alike are found better.",
  },
};

export function ConsentPanel({ mayChange }: { mayChange: boolean }) {
  const { api } = useVisit();
  const { value: sites, refresh } = useAnswer(["consents"], api.consents, everyMs);
  return (
    <section className="panel" aria-labelledby="consent-title" aria-busy={sites === undefined}>
      <h2 id="consent-title">What is looked for in pictures</h2>
      <p className="quiet">
        People, animals and vehicles are always looked for. The following is not, at any site, unless an owner
        says so here. Turned off again, what was found is erased: from digests, from what they are found by,
        and from what was told of them as far as it is kept here. What left by mail or webhook before cannot
        be called back. Pictures stay.
      </p>
      <dl>
        {Object.values(kinds).map(({ name, does }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      {sites?.map((site) => (
        <SiteSection key={site.siteId} site={site} mayChange={mayChange} onChanged={refresh} />
      ))}
      {mayChange ? null : <p className="quiet">An owner of the account can change this.</p>}
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
        {kinds[kind].name}
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
        On since {at(givenAt)}; {givenBy} consented.
      </p>
    );
  }
  if (withdrawal === null) return <p className="quiet">Off. Nobody has consented to it.</p>;
  const { withdrawnBy, withdrawnAt, erasedAt, counts, note } = withdrawal;
  if (erasedAt === null) {
    return (
      <p className="quiet" role="status">
        Off since {at(withdrawnAt)} ({withdrawnBy}). What was stored is being erased; that takes some minutes.
      </p>
    );
  }
  return (
    <>
      <p className="quiet" role="status">
        Off since {at(withdrawnAt)} ({withdrawnBy}). Erased {at(erasedAt)}: {counts.findings} found, in{" "}
        {counts.digests} digests.
      </p>
      {note === null ? null : (
        <details>
          <summary>The receipt</summary>
          <pre className="receipt">{note}</pre>
        </details>
      )}
    </>
  );
}
