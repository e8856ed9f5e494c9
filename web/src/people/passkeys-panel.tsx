/** One's own passkeys. */

import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { addPasskey, hasPasskeys, listPasskeys, removePasskey } from "../sign-in/ask.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 60_000;

export function PasskeysPanel() {
  const { account } = useVisit();
  const { value: passkeys, refresh } = useAnswer(["passkeys"], listPasskeys, everyMs);
  const deed = useDeed(refresh);
  if (!hasPasskeys()) return null;
  return (
    <section className="panel" aria-labelledby="passkeys-title" aria-busy={passkeys === undefined}>
      <h2 id="passkeys-title">{say.yourPasskeys}</h2>
      <p className="quiet">{say.whatPasskeysDo}</p>
      <ul className="rows">
        {passkeys?.map(({ id, name, createdAt }) => (
          <li key={id} className="session">
            <p>{name ?? say.passkey}</p>
            <p className="quiet">{say.since(dateAndTime(createdAt, account.timeZone))}</p>
            <button
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => removePasskey(id))}
            >
              {everywhere.remove}
            </button>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={deed.busy}
          onClick={() => deed.run(() => addPasskey(say.thisDevice))}
        >
          {say.addPasskey}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}
