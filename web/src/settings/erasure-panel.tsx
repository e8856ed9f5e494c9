/** The account is erased: confirmed by its name, called off within a day, and after that gone. */
import { type SubmitEvent, useId, useState } from "react";
import type { Erasure } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";

const everyMs = 10_000;

export function ErasurePanel({ isOwner }: { isOwner: boolean }) {
  const { api, membership } = useVisit();
  const { value: erasure, refresh } = useAnswer(["erasure"], api.erasure, everyMs);
  if (erasure) return <Coming erasure={erasure} isOwner={isOwner} onChanged={refresh} />;
  if (!isOwner) return null;
  return (
    <section className="panel" aria-labelledby="erasure-title" aria-busy={erasure === undefined}>
      <h2 id="erasure-title">Erase the account</h2>
      <p>
        Everything goes: events, pictures, digests, what was learned of each camera, members, devices and
        their keys. What is paid for is cancelled. Nobody can bring it back.
      </p>
      <p className="quiet">
        It begins a day after you ask. Until then any owner can call it off, and every owner is told by mail.
        At the end you get a receipt that says how much went, and names nobody.
      </p>
      {membership === undefined ? (
        <p className="quiet">Sign in with your address for this: a token cannot erase the account.</p>
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
      <label htmlFor={field}>Type the account’s name, {account.name}</label>
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
        Erase {account.name}
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
      <h2 id="erasure-title">This account will be erased</h2>
      <p role="status">
        It begins {dateAndTime(erasure.beginsAt, account.timeZone)}. From then on nobody gets in, and nothing
        can be brought back.
      </p>
      {isOwner ? (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={deed.busy}
            onClick={() => deed.run(api.callOffErasure)}
          >
            Call it off
          </button>
          <a className="button-small" href={`/erasure#${erasure.id}`}>
            Keep this link: it shows the receipt
          </a>
        </div>
      ) : (
        <p className="quiet">An owner of the account can call it off.</p>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}
