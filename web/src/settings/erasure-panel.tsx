/** The account is erased: confirmed by its name, called off within a day, and after that gone. */

import { type SubmitEvent, useId, useState } from "react";
import type { Erasure } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 10_000;

export function ErasurePanel({ isOwner }: { isOwner: boolean }) {
  const { api, membership } = useVisit();
  const { value: erasure, refresh } = useAnswer(["erasure"], api.erasure, everyMs);
  if (erasure) return <Coming erasure={erasure} isOwner={isOwner} onChanged={refresh} />;
  if (!isOwner) return null;
  return (
    <section className="panel" aria-labelledby="erasure-title" aria-busy={erasure === undefined}>
      <h2 id="erasure-title">{say.erase}</h2>
      <p>{say.eraseWhat}</p>
      <p className="quiet">{say.eraseWhen}</p>
      {membership === undefined ? (
        <p className="quiet">{say.eraseNeedsPerson}</p>
      ) : (
        <Confirm onAsked={refresh} />
      )}
    </section>
  );
}

function Confirm({ onAsked }: { onAsked: () => void }) {
  const { api, account } = useVisit();
  const [name, setName] = useState("");
  const deed = useDeed(onAsked);
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    deed.run(() => api.askErasure(name));
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <label htmlFor={field}>{say.typeName(account.name)}</label>
      <input
        id={field}
        required
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button
        type="submit"
        className="button button-grave"
        disabled={deed.busy || name.trim() !== account.name.trim()}
      >
        {say.eraseNamed(account.name)}
      </button>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </form>
  );
}

function Coming(props: { erasure: Erasure; isOwner: boolean; onChanged: () => void }) {
  const { erasure, isOwner, onChanged } = props;
  const { api, account } = useVisit();
  const deed = useDeed(onChanged);
  return (
    <section className="panel grave" aria-labelledby="erasure-title">
      <h2 id="erasure-title">{say.willBeErased}</h2>
      <p role="status">{say.erasureBegins(dateAndTime(erasure.beginsAt, account.timeZone))}</p>
      {isOwner ? (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={deed.busy}
            onClick={() => deed.run(api.callOffErasure)}
          >
            {say.callOff}
          </button>
          <a className="button-small" href={`/erasure#${erasure.id}`}>
            {say.keepLink}
          </a>
        </div>
      ) : (
        <p className="quiet">{say.ownerCallsOff}</p>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}
