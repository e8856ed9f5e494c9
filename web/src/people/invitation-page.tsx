/** Where the link of an invitation leads: what it invites to, and a button that accepts it. */
import { type SubmitEvent, useEffect, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import type { InvitationShown } from "../api/contract.ts";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { roleWords } from "./words.ts";

type Props = { email: string; onJoined: (accountId: string) => void; onLeave: () => void };

export function InvitationPage({ email, onJoined, onLeave }: Props) {
  const [api] = useState(() => connect({ credential: { account: undefined } }));
  const [token] = useState(() => location.hash.slice(1));
  const [shown, setShown] = useState<InvitationShown | null>();
  const [name, setName] = useState("");
  const attempt = useTry();
  const field = useId();
  useEffect(() => {
    api.showInvitation(token).then(setShown, () => setShown(null));
  }, [api, token]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.run(async () => onJoined((await api.acceptInvitation(token, name.trim())).account.id));
  };
  if (shown === undefined) return <main className="alone" aria-busy="true" aria-label="Loading" />;
  return (
    <main className="alone">
      <form className="sign-in words" onSubmit={submit}>
        <Mark />
        {shown === null ? (
          <>
            <h1>This invitation is no longer good</h1>
            <p className="lead">It was used, has ended or was taken back. Ask for a new one.</p>
          </>
        ) : (
          <>
            <h1>{shown.accountName}</h1>
            <p className="lead">
              {shown.invitedBy} invites you ({email}) as {roleWords[shown.role].name.toLowerCase()}, who{" "}
              {roleWords[shown.role].may}.
            </p>
            <label htmlFor={field}>Your name</label>
            <input
              id={field}
              required
              maxLength={100}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <button type="submit" className="button" disabled={attempt.busy}>
              {attempt.busy ? "Joining…" : "Join"}
            </button>
          </>
        )}
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
