/** What is known of a run's questions: how many are near, what is left to the rules, and whether people agree. */

import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { percent } from "../words/thing.ts";
import { say } from "./say.ts";

const everyMs = 3_000;

export function Agreement({ id }: { id: string }) {
  const { api } = useVisit();
  const { value: run } = useAnswer(["run", id], (signal) => api.run(id, signal), everyMs);
  const questions = run?.questions ?? undefined;
  if (questions === undefined) return null;
  const { near, asked, overflow, twice } = questions;
  return (
    <ul className="question-facts">
      <li>{say.near(near, asked)}</li>
      {overflow === 0 ? null : <li>{say.overflow(overflow)}</li>}
      {twice.asked === 0 ? null : (
        <li>
          {twice.answered === 0
            ? say.notTwice(twice.asked)
            : `${say.agreement(twice.agreed, twice.answered)} ${say.agreementSure(percent(twice.low), percent(twice.high))}`}
        </li>
      )}
    </ul>
  );
}
