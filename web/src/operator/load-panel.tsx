/** How busy the system is: what waits, how fast it is worked, and what follows for K. */

import type { Load } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { Wide } from "../shell/wide.tsx";
import { number } from "../words/counted.ts";
import { explain } from "../words/refusal.ts";
import { waited } from "../words/time.ts";
import { say } from "./say.ts";
import { useOperated } from "./use-operated.ts";

export function LoadPanel({ api }: { api: OperatorApi }) {
  const { value: load, failure } = useOperated(["load"], api.load);
  return (
    <section className="panel" aria-labelledby="load-title" aria-busy={load === undefined}>
      <h2 id="load-title">
        {say.load}{" "}
        {load === undefined ? null : (
          <span className="tier">{load.overloaded ? say.overloaded : say.calm}</span>
        )}
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
    [say.workers, String(load.workers)],
    [
      say.momentsPerSecond,
      number(load.momentsPerSecond, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    ],
    [say.expectedWait, wait === undefined ? say.notKnown : waited(wait)],
    [say.kGuardian, String(load.k.guardian)],
    [say.kPro, String(load.k.pro)],
    [say.deadLetters, String(load.deadLetters)],
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
      {load.reasons.length === 0 ? null : <p className="quiet">{load.reasons.map(say.because).join(" ")}</p>}
      <Wide label={say.queues}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.queue}</th>
              <th scope="col">{say.jobs}</th>
              <th scope="col">{say.moments}</th>
              <th scope="col">{say.oldest}</th>
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
