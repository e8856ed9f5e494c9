/** One experiment: how its evidence grew, and what each slice says. */
import type { Experiment } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { Wide } from "../shell/wide.tsx";
import { number } from "../words/counted.ts";
import { Disagreements } from "./disagreements.tsx";
import { say } from "./say.ts";

export function ExperimentCard({ api, experiment }: { api: OperatorApi; experiment: Experiment }) {
  const { state, champion, challenger, marginPoints, reasons, slices, wins, losses, ties } = experiment;
  return (
    <li className="session">
      <p>
        {say.compared(challenger.name, champion.name, marginPoints)}{" "}
        <span className="tier">{say.states[state]}</span>
      </p>
      <Curve experiment={experiment} />
      <p className="quiet">{reasons.join(" · ")}</p>
      <Wide label={say.slicesOf(challenger.name)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.slice}</th>
              <th scope="col">{say.wins}</th>
              <th scope="col">{say.losses}</th>
              <th scope="col">{say.ties}</th>
              <th scope="col">{say.how}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{say.all}</th>
              <td>{wins}</td>
              <td>{losses}</td>
              <td>{ties}</td>
              <td>–</td>
            </tr>
            {slices.map((slice) => (
              <tr key={slice.name}>
                <th scope="row">{slice.name}</th>
                <td>{slice.wins}</td>
                <td>{slice.losses}</td>
                <td>{slice.ties}</td>
                <td>{say.sliceStates[slice.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {state === "running" ? <Disagreements api={api} experimentId={experiment.id} /> : null}
    </li>
  );
}

const decimal = (value: number) => number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const width = 320;
const height = 80;

/** The evidence by labels; the line across is where it promotes. */
function Curve({ experiment: { curve, evidence, evidenceWanted } }: { experiment: Experiment }) {
  const labels = Math.max(1, curve.at(-1)?.labels ?? 0);
  const all = [0, evidenceWanted, ...curve.map((point) => point.evidence)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const y = (value: number) => height - 2 - ((value - least) / (most - least)) * (height - 4);
  const points = [{ labels: 0, evidence: 0 }, ...curve];
  const line = points.map((point) => `${(point.labels / labels) * width},${y(point.evidence)}`).join(" ");
  const told = say.curve(decimal(evidence), decimal(evidenceWanted));
  return (
    <figure className="evidence-curve">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={told}>
        <line className="evidence-wanted" x1="0" x2={width} y1={y(evidenceWanted)} y2={y(evidenceWanted)} />
        <polyline points={line} />
      </svg>
      <figcaption className="quiet">{told}</figcaption>
    </figure>
  );
}
