/** A newcomer opens an account with its first site. */
import { type SubmitEvent, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";

type Props = { email: string; onOpened: (accountId: string) => void; onLeave: () => void };

const zones = Intl.supportedValuesOf("timeZone");
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function OpenAccount({ email, onOpened, onLeave }: Props) {
  const [names, setNames] = useState({ memberName: "", name: "", siteName: "Home" });
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
        <h1>Welcome</h1>
        <p className="lead">You are signed in as {email}. Give your account a name and its first place.</p>
        {text("memberName", "Your name", "name")}
        {text("name", "The account’s name", "organization")}
        {text("siteName", "Its first place", "off")}
        <label htmlFor={`${field}-zone`}>Time zone</label>
        <select id={`${field}-zone`} value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
          {zones.includes(ownZone) ? null : <option>{ownZone}</option>}
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
        <p className="small">
          It begins as Lite, which costs nothing: every event is assessed and explained.
        </p>
        <button type="submit" className="button" disabled={attempt.busy}>
          {attempt.busy ? "Opening…" : "Open the account"}
        </button>
        <p className="fault" role="alert">
          {attempt.fault}
        </p>
        <button type="button" className="button-quiet" onClick={onLeave}>
          Sign out
        </button>
      </form>
    </main>
  );
}
