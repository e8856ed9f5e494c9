/** The way in: a member token, pasted. It is tried before it is kept. */
import { type SubmitEvent, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import { Mark } from "../shell/mark.tsx";
import { explain } from "../words/refusal.ts";
import { faultIn } from "./token.ts";

type Props = {
  /** The token that was in use has just been refused. */
  refused: boolean;
  onSignIn: (token: string) => void;
};

export function SignIn({ refused, onSignIn }: Props) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | undefined>(
    refused ? "The token was not accepted any more. Sign in with a current one." : undefined,
  );
  const [busy, setBusy] = useState(false);
  const field = useId();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = text.trim();
    const known = faultIn(token);
    setFault(known);
    if (known !== undefined) return;
    setBusy(true);
    connect({ token })
      .account()
      .then(
        () => onSignIn(token),
        (failure: unknown) => {
          const { what, next } = explain(failure);
          setFault(`${what} ${next}`);
          setBusy(false);
        },
      );
  };

  return (
    <main className="alone">
      <form className="sign-in" onSubmit={submit} noValidate>
        <Mark />
        <h1>Vigil</h1>
        <p className="lead">What your cameras saw, in a few calm sentences.</p>
        <label htmlFor={field}>Member token</label>
        <input
          id={field}
          type="password"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="vgl_mem_…"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault !== undefined}
          aria-describedby={`${field}-fault`}
        />
        <p id={`${field}-fault`} className="fault" role="alert">
          {fault}
        </p>
        <button type="submit" className="button" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
        <p className="small">It stays in this tab and is forgotten when you close it.</p>
      </form>
    </main>
  );
}
