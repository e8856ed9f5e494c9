/** Which model is in use and why, what may take its place, and one button that goes back. */
import { useQueryClient } from "@tanstack/react-query";
import type { Models } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useOperated } from "../operator/use-operated.ts";
import { explain } from "../words/refusal.ts";
import { dateAndTime } from "../words/time.ts";
import { ExperimentCard } from "./experiment-card.tsx";
import { say } from "./say.ts";

export function ModelsPanel({ api }: { api: OperatorApi }) {
  const { value: models, failure } = useOperated(["models"], api.models);
  const { value: experiments } = useOperated(["experiments"], api.experiments);
  return (
    <section className="panel" aria-labelledby="models-title" aria-busy={models === undefined}>
      <h2 id="models-title">{say.title}</h2>
      {failure === undefined ? null : (
        <p className="fault" role="alert">
          {explain(failure).what}
        </p>
      )}
      {models === undefined ? <div className="skeleton-line" /> : <InUse api={api} models={models} />}
      <h3>{say.experiments}</h3>
      {experiments?.items.length === 0 ? <p className="quiet">{say.noExperiments}</p> : null}
      <ul className="rows">
        {experiments?.items.map((one) => (
          <ExperimentCard key={one.id} api={api} experiment={one} />
        ))}
      </ul>
    </section>
  );
}

function InUse({ api, models }: { api: OperatorApi; models: Models }) {
  const answers = useQueryClient();
  const deed = useDeed(() => void answers.invalidateQueries());
  const { current, inUse, decisions, lastDecision, registered } = models;
  const [last] = decisions;
  return (
    <>
      <dl className="sums">
        <div>
          <dt>{say.inUse}</dt>
          <dd>{current?.name ?? say.startedWith}</dd>
        </div>
        <div>
          <dt>{say.workersRun}</dt>
          <dd>
            {inUse.length === 0 ? say.noWorkers : null}
            {inUse.map(({ model, workers }) => (
              <span key={model.sha256}>{say.workers(model.name, workers)}</span>
            ))}
          </dd>
        </div>
      </dl>
      {last === undefined ? null : (
        <p>
          <button
            type="button"
            className="button"
            disabled={deed.busy}
            title={say.rollBackTo(last.before?.name ?? say.startedWith)}
            onClick={() => deed.run(() => api.rollBackModel(lastDecision, say.rolledBackHere))}
          >
            {say.rollBack}
          </button>{" "}
          <span className="quiet">{say.rollBackTo(last.before?.name ?? say.startedWith)}</span>
        </p>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <h3>{say.decisions}</h3>
      <Decisions decisions={decisions} />
      {registered.length === 0 ? null : <h3>{say.registered}</h3>}
      <ul className="rows">
        {registered.map(({ name, sha256, licence, agreement }) => (
          <li key={sha256} className="session">
            <p>
              {name} <span className="quiet">{licence}</span>
            </p>
            {agreement === "" ? null : <p className="quiet">{agreement}</p>}
            <p className="small">
              <code>{sha256.slice(0, 16)}</code>
            </p>
            <button
              type="button"
              className="button-small"
              disabled={deed.busy || current?.sha256 === sha256}
              aria-label={say.promoteOne(name)}
              onClick={() => deed.run(() => api.promoteModel(sha256, lastDecision, say.promotedHere))}
            >
              {say.promote}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const decisionsShown = 5;

function decided({ kind, model }: Models["decisions"][number]): string {
  const name = model?.name ?? say.startedWith;
  return kind === "promote" ? say.promoted(name) : say.rollBackTo(name);
}

function Decisions({ decisions }: Pick<Models, "decisions">) {
  if (decisions.length === 0) return <p className="quiet">{say.noDecisions}</p>;
  return (
    <ul className="rows">
      {decisions.slice(0, decisionsShown).map((decision) => (
        <li key={decision.no} className="session">
          <p>{decided(decision)}</p>
          <p className="quiet">{say.decided(dateAndTime(decision.at, "UTC"), decision.reason)}</p>
        </li>
      ))}
    </ul>
  );
}
