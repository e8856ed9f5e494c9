/** How often answers were wrong where the truth was known. */
import type { CheckEvaluation } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { Wide } from "../shell/wide.tsx";
import { rowOf } from "./check-words.ts";
import { say } from "./say.ts";

const everyMs = 600_000;
const columns = ["coverage", "falsePositives", "found", "labelled"] as const;

export function Measured() {
  const { api } = useVisit();
  const { value: evaluation } = useAnswer(["checks", "evaluation"], api.checksEvaluation, everyMs);
  if (evaluation === undefined) return null;
  return (
    <section className="panel" aria-labelledby="check-measured">
      <h2 id="check-measured">{say.measured}</h2>
      {evaluation.heads.map((head) => (
        <div key={head.kind}>
          <h3>{say.heads[head.kind]}</h3>
          {head.why.map((why) => (
            <p key={why}>{why}</p>
          ))}
          <Slices title={say.known} slices={head.slices.filter(({ isKnown }) => isKnown)} />
          <Slices title={say.unknown} slices={head.slices.filter(({ isKnown }) => !isKnown)} />
        </div>
      ))}
    </section>
  );
}

type Slices = CheckEvaluation["heads"][number]["slices"];

/** Those of which nothing was answered for are left out: nothing was right or wrong there. */
function Slices({ title, slices }: { title: string; slices: Slices }) {
  const told = slices.filter(({ coverage }) => coverage.cases > 0);
  if (told.length === 0) return null;
  return (
    <Wide label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{say.texts}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {say.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map((slice) => (
            <tr key={slice.name}>
              <th scope="row">{slice.name}</th>
              {columns.map((column) => (
                <td key={column}>{rowOf(slice)[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
