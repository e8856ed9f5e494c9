/** One run: how far it is, what can be done with it, and the groups of pictures that show the same. */

import { useEffect } from "react";
import type { Run, RunAction } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Agreement } from "../question/agreement.tsx";
import { say as ask } from "../question/say.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { questionsPath, runsPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { RunBar } from "./run-bar.tsx";
import { RunGroups } from "./run-groups.tsx";
import { say } from "./say.ts";

const everyMs = 3_000;

export function RunPage({ id }: { id: string }) {
  const { api } = useVisit();
  const { value: run, failure, refresh } = useAnswer(["run", id], (signal) => api.run(id, signal), everyMs);
  useEffect(() => {
    document.title = run === undefined ? say.onePageTitle : `Vigil · ${run.source}`;
  }, [run]);
  return (
    <main id="content" className="page runs" tabIndex={-1} aria-busy={run === undefined}>
      <Link className="back" href={runsPath}>
        <span aria-hidden="true">←</span> {say.allRuns}
      </Link>
      {run === undefined && failure !== undefined ? (
        <Notice
          title={explain(failure).what}
          detail={explain(failure).next}
          action={everywhere.tryNow}
          onAction={refresh}
        />
      ) : null}
      {run === undefined ? null : <RunBody run={run} onChanged={refresh} />}
    </main>
  );
}

const actions: readonly { action: RunAction; name: string; isOffered: (run: Run) => boolean }[] = [
  {
    action: "pause",
    name: say.pause,
    isOffered: ({ state, isPaused }) => !isPaused && (state === "listing" || state === "running"),
  },
  { action: "resume", name: say.goOn, isOffered: ({ isPaused }) => isPaused },
  { action: "seal", name: say.seal, isOffered: ({ state }) => state === "review" },
];

function RunBody({ run, onChanged }: { run: Run; onChanged: () => void }) {
  const { api } = useVisit();
  const deed = useDeed(onChanged);
  return (
    <>
      <h1>{run.source}</h1>
      <RunBar run={run} />
      <div className="run-actions">
        {actions
          .filter(({ isOffered }) => isOffered(run))
          .map(({ action, name }) => (
            <button
              key={action}
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => api.moveRun(run.id, action))}
            >
              {name}
            </button>
          ))}
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <Questions run={run} />
      {run.state === "review" || run.state === "sealed" ? (
        <RunGroups run={run} isOpen={run.state === "review"} />
      ) : null}
    </>
  );
}

function Questions({ run: { id, questions, state } }: { run: Run }) {
  if (questions === null || questions.near === 0) return null;
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">{ask.questions}</h2>
      <Agreement id={id} />
      {questions.open === 0 || state !== "review" ? null : (
        <Link className="link" href={questionsPath(id)}>
          {ask.answerThem(questions.open)}
        </Link>
      )}
    </section>
  );
}
