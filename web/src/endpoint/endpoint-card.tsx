/** One endpoint: what it wants, what can be done with it, and what it was told lately. */

import { useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Endpoint } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { LanguageChoice } from "../words/language-choice.tsx";
import { everywhere } from "../words/say.ts";
import { ago } from "../words/time.ts";
import { say } from "./say.ts";
import { SecretOnce } from "./secret-once.tsx";
import { useDeed } from "./use-deed.ts";
import { outcomeOf, stateOf, wantsOf } from "./words.ts";

type Deed = ReturnType<typeof useDeed>;

function LanguageField({ endpoint: { id, language }, deed }: { endpoint: Endpoint; deed: Deed }) {
  const { api } = useVisit();
  return (
    <div className="field">
      <label htmlFor={`${id}-language`}>{say.toldIn}</label>
      <LanguageChoice
        id={`${id}-language`}
        chosen={language}
        disabled={deed.busy}
        onChoose={(next) => deed.run(() => api.changeEndpoint(id, { language: next }))}
      />
    </div>
  );
}

export function EndpointCard({ endpoint, onChanged }: { endpoint: Endpoint; onChanged: () => void }) {
  const { api } = useVisit();
  const [secret, setSecret] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const deed = useDeed(onChanged);
  const { id, name, target, type, state, disabledReason } = endpoint;
  const isOn = state !== "disabled";
  const rotate = async () => setSecret((await api.rotateSecret(id, createIdempotencyKey())).secret);
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="endpoint-head">
        <h3 id={id}>{name}</h3>
        <span className="endpoint-state" data-state={state}>
          {stateOf(endpoint)}
        </span>
      </div>
      <p className="quiet">
        {target} · {wantsOf(endpoint)}
      </p>
      {disabledReason === null ? null : (
        <p className="fault">{say.switchedOff(everywhere.reported(disabledReason))}</p>
      )}
      {state === "unconfirmed" ? <p>{say.followLink}</p> : null}
      {secret === undefined ? null : <SecretOnce secret={secret} />}
      {type === "webhook" ? null : <LanguageField endpoint={endpoint} deed={deed} />}
      <div className="actions">
        <button
          type="button"
          className="button-small"
          disabled={deed.busy || state !== "active"}
          onClick={() => {
            setOpen(true);
            deed.run(() => api.testEndpoint(id));
          }}
        >
          {say.sendTest}
        </button>
        <button
          type="button"
          className="button-small"
          disabled={deed.busy || state === "unconfirmed"}
          onClick={() => deed.run(() => api.changeEndpoint(id, { enabled: !isOn }))}
        >
          {isOn ? say.switchOff : say.switchOn}
        </button>
        {type === "webhook" ? (
          <button
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() => deed.run(rotate)}
          >
            {say.newSecret}
          </button>
        ) : null}
        <button
          type="button"
          className="button-small"
          disabled={deed.busy}
          onClick={() => deed.run(() => api.removeEndpoint(id))}
        >
          {everywhere.remove}
        </button>
        <button
          type="button"
          className="button-quiet"
          aria-expanded={isOpen}
          aria-controls={`${id}-told`}
          onClick={() => setOpen(!isOpen)}
        >
          {say.whatItWasTold}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <div id={`${id}-told`}>{isOpen ? <Told endpointId={id} /> : null}</div>
    </section>
  );
}

const everyMs = 3_000;

function Told({ endpointId }: { endpointId: string }) {
  const { api, account } = useVisit();
  const load = (signal: AbortSignal) => api.deliveriesOf(endpointId, signal);
  const { value: deliveries, refresh } = useAnswer(["deliveries", endpointId], load, everyMs);
  const now = useNow(5_000);
  const deed = useDeed(refresh);
  if (deliveries === undefined) return <div className="skeleton-line" />;
  if (deliveries.length === 0) return <p className="quiet">{everywhere.nothingYet}</p>;
  return (
    <ul className="rows">
      {deliveries.map((delivery) => (
        <li key={delivery.id} className="session">
          <p>{delivery.title}</p>
          <p className="quiet">
            {ago(delivery.createdAt, account.timeZone, now)} · {outcomeOf(delivery)}
          </p>
          {delivery.state === "pending" ? null : (
            <button
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => api.redeliver(delivery.id, createIdempotencyKey()))}
            >
              {say.tellAgain}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
