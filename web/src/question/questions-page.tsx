/** Questions: a picture, large, and one key an answer. The next pictures are on their way meanwhile. */

import { useEffect } from "react";
import type { Question, Verdict } from "../api/contract.ts";
import { Shortcuts } from "../inbox/shortcuts.tsx";
import { Link } from "../shell/link.tsx";
import { runPath, runsPath } from "../shell/route.ts";
import { Agreement } from "./agreement.tsx";
import { say } from "./say.ts";
import { useTurn } from "./use-turn.ts";

const verdicts: readonly Verdict[] = ["yes", "no", "cannot-tell"];

/** @param run undefined: of all runs */
export function QuestionsPage({ run }: { run: string | undefined }) {
  const turn = useTurn(run);
  const [asked] = turn.waiting;
  const last = turn.answered.at(-1);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const keys = Object.fromEntries([
    ...verdicts.map((verdict) => [
      say.keys[verdict],
      { words: say.answers[verdict], press: () => turn.answer(verdict) },
    ]),
    [say.keys.undo, { words: say.undo, press: turn.undo }],
  ]);
  return (
    <main id="content" className="page questions" tabIndex={-1} aria-busy={turn.isNew}>
      <Link className="back" href={run === undefined ? runsPath : runPath(run)}>
        <span aria-hidden="true">←</span> {say.allRuns}
      </Link>
      <h1>{say.questions}</h1>
      {turn.isNew ? null : <Progress done={turn.done} open={turn.open} />}
      <p className="fault" role="alert">
        {turn.fault}
      </p>
      {asked === undefined ? null : <p className="question-asked">{asks(asked)}</p>}
      <Pictures questions={turn.waiting} onGone={turn.refresh} />
      {asked === undefined && !turn.isNew ? <Done run={run} open={turn.open} /> : null}
      <div className="question-answers">
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            disabled={asked === undefined}
            onClick={() => turn.answer(verdict)}
          >
            {say.answers[verdict]} <kbd>{say.keys[verdict]}</kbd>
          </button>
        ))}
        <button type="button" className="button-small" disabled={last === undefined} onClick={turn.undo}>
          {say.undo} <kbd>{say.keys.undo}</kbd>
        </button>
      </div>
      <p className="quiet" role="status">
        {last === undefined ? null : say.last(last.question.name, say.answers[last.answer])}
      </p>
      <Shortcuts keys={keys} />
    </main>
  );
}

function asks({ asks: rule }: Question): string {
  return rule.kind === "contradicts" ? say.areBoth(rule.label, rule.other) : say.isThere(rule.label);
}

function Progress({ done, open }: { done: number; open: number }) {
  const words = say.progress(done, done + open);
  return (
    <p>
      <progress value={done} max={Math.max(1, done + open)} aria-label={words} /> {words}
    </p>
  );
}

/** The first is shown; the others load, so that each is there before it is asked about. */
function Pictures({ questions, onGone }: { questions: readonly Question[]; onGone: () => void }) {
  return (
    <div className="question-pictures">
      {questions.map(({ id, name, picture }, index) => (
        <img
          key={id}
          src={picture.url}
          alt={name}
          data-shown={index === 0}
          aria-hidden={index > 0}
          onError={() => {
            // Another reason than its time would come again.
            if (Date.parse(picture.expiresAt) <= Date.now()) onGone();
          }}
        />
      ))}
    </div>
  );
}

function Done({ run, open }: { run: string | undefined; open: number }) {
  return (
    <div className="panel">
      <p>{open === 0 ? say.nothing : say.othersLeft(open)}</p>
      {run === undefined ? null : <Agreement id={run} />}
    </div>
  );
}
