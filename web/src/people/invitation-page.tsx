/** Where the link of an invitation leads: what it invites to, and a button that accepts it. */

import { type SubmitEvent, useEffect, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import type { InvitationShown } from "../api/contract.ts";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

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
  if (shown === undefined) return <main className="alone" aria-busy="true" aria-label={everywhere.loading} />;
  return (
    <main className="alone">
      <form className="sign-in words" onSubmit={submit}>
        <Mark />
        {shown === null ? (
          <>
            <h1>{say.noInvitation}</h1>
            <p className="lead">{say.noInvitationWhy}</p>
          </>
        ) : (
          <>
            <h1>{shown.accountName}</h1>
            <p className="lead">{say.invites(shown.invitedBy, email, shown.role)}</p>
            <label htmlFor={field}>{say.yourName}</label>
            <input
              id={field}
              required
              maxLength={100}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <button type="submit" className="button" disabled={attempt.busy}>
              {attempt.busy ? say.joining : say.join}
            </button>
          </>
        )}
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
