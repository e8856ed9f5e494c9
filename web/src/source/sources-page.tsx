/** Sources: whether they are trusted, why, the way back, and an owner's last word. */

import { useEffect, useState } from "react";
import type { Source, SourceChange } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { percent } from "../words/thing.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 30_000;

export function SourcesPage() {
  const { api } = useVisit();
  const { value: sources, refresh } = useAnswer(["sources"], api.sources, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page sources" tabIndex={-1} aria-busy={sources === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.sources}</h1>
      <p className="quiet">{say.what}</p>
      {sources?.length === 0 ? <p className="quiet">{say.none}</p> : null}
      {sources?.map((source) => (
        <SourceCard key={source.id} source={source} onChanged={refresh} />
      ))}
    </main>
  );
}

type Shown = { source: Source; onChanged: () => void };

function SourceCard({ source, onChanged }: Shown) {
  const { account } = useVisit();
  const { id, kind, name, state, reasons, shares, overruled } = source;
  return (
    <section className="panel source" aria-labelledby={id}>
      <h2 id={id}>
        {name} <span className="quiet">{say.kinds[kind]}</span>{" "}
        <span className="source-state" data-state={state}>
          {say.states[state]}
        </span>
      </h2>
      <p>{say.follows[kind][state]}</p>
      {reasons.length === 0 ? null : (
        <>
          <h3>{say.why}</h3>
          <ul>
            {reasons.map(({ fault, found, of, low }) => (
              <li key={fault}>{say.because(say.faults[fault], found, of, percent(low))}</li>
            ))}
          </ul>
        </>
      )}
      <WayBack source={source} />
      {overruled === null ? null : (
        <p className="quiet">
          {say.overruled(dateAndTime(overruled.at, account.timeZone), overruled.reason)}
        </p>
      )}
      <dl className="source-shares">
        {shares.map(({ fault, found, of, low, high }) => (
          <div key={fault}>
            <dt>{say.faults[fault]}</dt>
            <dd>
              {say.share(found, of)}
              {of === 0 ? null : <span className="quiet"> {say.between(percent(low), percent(high))}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <Change source={source} onChanged={onChanged} />
    </section>
  );
}

function WayBack({ source: { wayBack, state } }: { source: Source }) {
  const { account } = useVisit();
  if (wayBack === null) return null;
  return (
    <>
      <h3>{say.wayBack}</h3>
      <ul>
        {wayBack.until === null ? null : (
          <li>{say.byTime(state, dateAndTime(wayBack.until, account.timeZone))}</li>
        )}
        {state === "blocked" ? null : <li>{say.byPictures(wayBack.judged, wayBack.wanted)}</li>}
      </ul>
    </>
  );
}

/** What an owner says of it. */
function Change({ source, onChanged }: Shown) {
  const { id, state } = source;
  const { api } = useVisit();
  const deed = useDeed(onChanged);
  const [reason, setReason] = useState("");
  const change = (wanted: SourceChange) => deed.run(() => api.changeSource(id, wanted));
  const declare = (wanted: Source["state"]) => {
    change({ state: wanted, reason: reason.trim() });
    setReason("");
  };
  return (
    <details>
      <summary>{say.overrule}</summary>
      <div className="fields">
        <label>
          {say.reason}{" "}
          <input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        </label>
        <div className="run-actions">
          <button
            type="button"
            className="button-small"
            disabled={deed.busy || state === "trusted" || reason.trim() === ""}
            onClick={() => declare("trusted")}
          >
            {say.trust}
          </button>
          <button
            type="button"
            className="button-small"
            disabled={deed.busy || state === "blocked" || reason.trim() === ""}
            onClick={() => declare("blocked")}
          >
            {say.block}
          </button>
        </div>
        {source.kind === "run" ? <Quota source={source} busy={deed.busy} onSave={change} /> : null}
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </details>
  );
}

type QuotaProps = { source: Source; busy: boolean; onSave: (change: SourceChange) => void };

function Quota({ source: { quota }, busy, onSave }: QuotaProps) {
  const [ofRun, setOfRun] = useState(textOf(quota.itemsPerRun));
  const [ofDay, setOfDay] = useState(textOf(quota.itemsPerDay));
  return (
    <fieldset className="choices">
      <legend>{say.quota}</legend>
      <label>
        {say.itemsPerRun}
        <input
          inputMode="numeric"
          placeholder={say.noLimit}
          value={ofRun}
          onChange={({ target }) => setOfRun(target.value)}
        />
      </label>
      <label>
        {say.itemsPerDay}
        <input
          inputMode="numeric"
          placeholder={say.noLimit}
          value={ofDay}
          onChange={({ target }) => setOfDay(target.value)}
        />
      </label>
      <button
        type="button"
        className="button-small"
        disabled={busy || [ofRun, ofDay].some((text) => !/^\d{0,7}$/.test(text.trim()))}
        onClick={() => onSave({ itemsPerRun: countOf(ofRun), itemsPerDay: countOf(ofDay) })}
      >
        {everywhere.save}
      </button>
    </fieldset>
  );
}

function textOf(count: number | null): string {
  return count === null ? "" : `${count}`;
}

function countOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
