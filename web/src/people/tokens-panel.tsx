/** Tokens for programs: made, shown once, revoked. An owner sees everybody's. */

import { type SubmitEvent, useId, useState } from "react";
import type { Token } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 10_000;
const terms = [7, 30, 90, 365];

export function TokensPanel() {
  const { api, account } = useVisit();
  const { value: tokens, refresh } = useAnswer(["tokens"], api.tokens, everyMs);
  const [name, setName] = useState("");
  const [days, setDays] = useState(90);
  const [key, setKey] = useState<string>();
  const deed = useDeed(refresh);
  const now = useNow(60_000);
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setKey(undefined);
    deed.run(async () => {
      setKey((await api.addToken(name.trim(), days)).key);
      setName("");
    });
  };
  const valid = tokens?.filter((token) => isValid(token, now));
  return (
    <section className="panel" aria-labelledby="tokens-title" aria-busy={tokens === undefined}>
      <h2 id="tokens-title">{say.tokens}</h2>
      <form className="fields" onSubmit={submit}>
        <div className="field">
          <label htmlFor={field}>{say.whatFor}</label>
          <input
            id={field}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}-days`}>{say.goodFor}</label>
          <select id={`${field}-days`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {terms.map((term) => (
              <option key={term} value={term}>
                {say.days(term)}
              </option>
            ))}
          </select>
        </div>
        <div className="actions">
          <button type="submit" className="button" disabled={deed.busy}>
            {say.makeToken}
          </button>
        </div>
      </form>
      {key === undefined ? null : (
        <p className="secret" role="status">
          {say.tokenOnce} <code>{key}</code>
        </p>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <ul className="rows">
        {valid?.map(({ id, name: called, expiresAt, lastUsedAt }) => (
          <li key={id} className="session">
            <p>{called ?? say.byOperator}</p>
            <p className="quiet">
              {expiresAt === null ? say.endless : say.until(dateAndTime(expiresAt, account.timeZone))} ·{" "}
              {lastUsedAt === null ? say.notUsed : say.used(dateAndTime(lastUsedAt, account.timeZone))}
            </p>
            <button
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => api.revokeToken(id))}
            >
              {everywhere.revoke}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isValid({ revokedAt, expiresAt }: Token, now: number): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now);
}
