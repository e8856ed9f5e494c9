/** A member token, pasted. It is tried before it is kept. */

import { type SubmitEvent, useId, useState } from "react";
import { connect } from "../api/connect.ts";
import { useTry } from "../shell/use-try.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";
import { faultIn } from "./token.ts";

export function TokenForm({ onToken }: { onToken: (token: string) => void }) {
  const [text, setText] = useState("");
  const attempt = useTry();
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = text.trim();
    const known = faultIn(token);
    attempt.say(known);
    if (known !== undefined) return;
    attempt.run(async () => {
      await connect({ credential: { token } }).account();
      onToken(token);
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={field}>{say.token}</label>
      <input
        id={field}
        type="password"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="vgl_mem_…"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={attempt.fault !== undefined}
        aria-describedby={`${field}-fault`}
      />
      <p id={`${field}-fault`} className="fault" role="alert">
        {attempt.fault}
      </p>
      <button type="submit" className="button" disabled={attempt.busy}>
        {attempt.busy ? everywhere.signingIn : everywhere.signIn}
      </button>
      <p className="small">{say.tokenStays}</p>
    </form>
  );
}
