/** Lets a device in: its code, what it says of itself, and where it stands. */

import { type SubmitEvent, useEffect, useId, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Device, Enrolment } from "../api/contract.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { devicesPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { ago } from "../words/time.ts";
import { say } from "./say.ts";

/** The code in the address of a scanned picture. */
function codeInAddress(): string {
  return location.hash.slice(1);
}

export function EnrolPage() {
  const { account, membership } = useVisit();
  const [code, setCode] = useState(codeInAddress);
  const [waiting, setWaiting] = useState<Enrolment>();
  const [ended, setEnded] = useState<{ device?: Device }>();
  useEffect(() => {
    document.title = say.enrolTitle;
    // Once the page has it, and not while it is drawn: a drawing that is given up is begun anew, and looks for it again.
    if (location.hash !== "") history.replaceState(history.state, "", location.pathname);
  }, []);
  const again = () => {
    setCode("");
    setWaiting(undefined);
    setEnded(undefined);
  };
  const mayNot = membership !== undefined && membership.role !== "owner";
  return (
    <main id="content" className="page endpoints" tabIndex={-1}>
      <Link className="back" href={devicesPath}>
        <span aria-hidden="true">←</span> {say.devices}
      </Link>
      <h1>{say.letIn}</h1>
      {mayNot ? <Notice title={say.onlyOwner} detail={everywhere.askAnOwner} /> : null}
      {mayNot || ended !== undefined || waiting !== undefined ? null : (
        <CodeForm code={code} onCode={setCode} onFound={setWaiting} />
      )}
      {ended === undefined && waiting !== undefined ? (
        <PlaceForm code={code} waiting={waiting} onEnded={setEnded} />
      ) : null}
      {ended === undefined ? null : (
        <section className="panel" aria-live="polite">
          <h2>{ended.device === undefined ? say.turnedAway : say.isLetIn(ended.device.name)}</h2>
          <p>{ended.device === undefined ? say.getsNoKey : say.getsKey(account.name)}</p>
          <div className="actions">
            <button type="button" className="button-small" onClick={again}>
              {say.another}
            </button>
          </div>
        </section>
      )}
    </main>
  );
}

type CodeProps = { code: string; onCode: (code: string) => void; onFound: (waiting: Enrolment) => void };

function CodeForm({ code, onCode, onFound }: CodeProps) {
  const { api } = useVisit();
  const deed = useDeed(() => {});
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    deed.run(async () => onFound(await api.showEnrolment(code)));
  };
  return (
    <form className="panel fields" onSubmit={submit}>
      <p className="quiet" id={`${field}-what`}>
        {say.whatCodes}
      </p>
      <div className="field">
        <label htmlFor={field}>{say.codeShown}</label>
        <input
          id={field}
          className="code-input"
          required
          maxLength={50}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="XXXX-XXXX"
          aria-describedby={`${field}-what`}
          value={code}
          onChange={(event) => onCode(event.target.value)}
        />
      </div>
      <div className="actions">
        <button type="submit" className="button" disabled={deed.busy}>
          {deed.busy ? say.looking : say.look}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </form>
  );
}

type PlaceProps = { code: string; waiting: Enrolment; onEnded: (ended: { device?: Device }) => void };

function PlaceForm({ code, waiting, onEnded }: PlaceProps) {
  const { api, account } = useVisit();
  const [name, setName] = useState(waiting.name);
  const [zone, setZone] = useState("");
  const [siteId, setSiteId] = useState(account.sites[0]?.id ?? "");
  // The same wish, pressed twice, is one device.
  const [wish] = useState(createIdempotencyKey);
  const deed = useDeed(() => {});
  const now = useNow(10_000);
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const place = { name: name.trim(), siteId, ...(zone.trim() === "" ? {} : { zone: zone.trim() }) };
    deed.run(async () => onEnded({ device: await api.grantEnrolment({ userCode: code, ...place }, wish) }));
  };
  const refuse = async () => {
    await api.refuseEnrolment(code);
    onEnded({});
  };
  return (
    <form className="panel fields" onSubmit={submit}>
      <h2>{say.callsItself(waiting.kind, waiting.name)}</h2>
      <p className="quiet">{say.asked(ago(waiting.askedAt, account.timeZone, now), account.name)}</p>
      <div className="field">
        <label htmlFor={`${field}-name`}>{say.nameIt}</label>
        <input
          id={`${field}-name`}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${field}-site`}>{say.whereItIs}</label>
        <select id={`${field}-site`} value={siteId} onChange={(event) => setSiteId(event.target.value)}>
          {account.sites.map((site) => (
            <option key={site.id} value={site.id}>
              {site.name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${field}-zone`}>{say.whatItWatches}</label>
        <input
          id={`${field}-zone`}
          maxLength={64}
          placeholder={say.exampleZone}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        />
      </div>
      <div className="actions">
        <button type="submit" className="button" disabled={deed.busy}>
          {deed.busy ? everywhere.oneMoment : say.letItIn}
        </button>
        <button type="button" className="button-quiet" disabled={deed.busy} onClick={() => deed.run(refuse)}>
          {say.notMine}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </form>
  );
}
