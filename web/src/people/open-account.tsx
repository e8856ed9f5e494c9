/** A newcomer opens an account with its first site. */

import { type SubmitEvent, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

type Props = { email: string; onOpened: (accountId: string) => void; onLeave: () => void };

const zones = Intl.supportedValuesOf("timeZone");
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function OpenAccount({ email, onOpened, onLeave }: Props) {
  const [names, setNames] = useState({ memberName: "", name: "", siteName: say.home });
  const [timeZone, setTimeZone] = useState(ownZone);
  const attempt = useTry();
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.run(async () => {
      const { account } = await connect({ credential: { account: undefined } }).openAccount({
        ...names,
        timeZone,
      });
      onOpened(account.id);
    });
  };
  const text = (key: keyof typeof names, label: string, autoComplete: string) => (
    <>
      <label htmlFor={`${field}-${key}`}>{label}</label>
      <input
        id={`${field}-${key}`}
        required
        maxLength={100}
        autoComplete={autoComplete}
        value={names[key]}
        onChange={(event) => setNames({ ...names, [key]: event.target.value })}
      />
    </>
  );
  return (
    <main className="alone">
      <form className="sign-in words" onSubmit={submit}>
        <Mark />
        <h1>{say.welcome}</h1>
        <p className="lead">{say.giveNames(email)}</p>
        {text("memberName", say.yourName, "name")}
        {text("name", say.accountName, "organization")}
        {text("siteName", say.firstPlace, "off")}
        <label htmlFor={`${field}-zone`}>{say.timeZone}</label>
        <select id={`${field}-zone`} value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
          {zones.includes(ownZone) ? null : <option>{ownZone}</option>}
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
        <p className="small">{say.beginsAsLite}</p>
        <button type="submit" className="button" disabled={attempt.busy}>
          {attempt.busy ? say.opening : say.openAccount}
        </button>
        <p className="fault" role="alert">
          {attempt.fault}
        </p>
        <button type="button" className="button-quiet" onClick={onLeave}>
          {everywhere.signOut}
        </button>
      </form>
    </main>
  );
}
