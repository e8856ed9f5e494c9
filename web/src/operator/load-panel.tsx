/** How busy the system is: what waits, how fast it is worked, and what follows for K. */
import type { Load } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { Wide } from "../shell/wide.tsx";
import { explain } from "../words/refusal.ts";
import { waited } from "../words/time.ts";
import { useOperated } from "./use-operated.ts";

export function LoadPanel({ api }: { api: OperatorApi }) {
  const { value: load, failure } = useOperated(["load"], api.load);
  return (
    <section className="panel" aria-labelledby="load-title" aria-busy={load === undefined}>
      <h2 id="load-title">
        Load{" "}
        {load === undefined ? null : <span className="tier">{load.overloaded ? "overloaded" : "calm"}</span>}
      </h2>
      {failure === undefined ? null : (
        <p className="fault" role="alert">
          {explain(failure).what}
        </p>
      )}
      {load === undefined ? <div className="skeleton-line" /> : <Figures load={load} />}
    </section>
  );
}

function Figures({ load }: { load: Load }) {
  const wait = load.expectedWaitSeconds;
  const figures = [
    ["Workers", String(load.workers)],
    ["Moments a second", load.momentsPerSecond.toFixed(1)],
    ["Expected wait", wait === undefined ? "not known" : waited(wait)],
    ["K, Guardian", String(load.k.guardian)],
    ["K, Pro", String(load.k.pro)],
    ["Dead letters", String(load.deadLetters)],
  ] as const;
  return (
    <>
      <dl className="sums">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{figure}</dd>
          </div>
        ))}
      </dl>
      {load.reasons.length === 0 ? null : <p className="quiet">{load.reasons.join(" ")}</p>}
      <Wide label="Queues">
        <table>
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col">Jobs</th>
              <th scope="col">Moments</th>
              <th scope="col">Oldest</th>
            </tr>
          </thead>
          <tbody>
            {load.queues.map(({ queue, jobs, moments, oldestSeconds }) => (
              <tr key={queue}>
                <th scope="row">{queue}</th>
                <td>{jobs}</td>
                <td>{moments}</td>
                <td>{oldestSeconds === undefined ? "–" : waited(oldestSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}
