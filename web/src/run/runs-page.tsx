/** Runs of the account, newest first: how far each is, and how its items ended. */

import { useEffect } from "react";
import type { Run } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { questionsPath, runPath, sourcesPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { ago } from "../words/time.ts";
import { RunBar } from "./run-bar.tsx";
import { say } from "./say.ts";

const everyMs = 3_000;

export function RunsPage() {
  const { api } = useVisit();
  const { value: runs } = useAnswer(["runs"], api.runs, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page runs" tabIndex={-1} aria-busy={runs === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.runs}</h1>
      <p className="quiet">
        {say.inBulk} <code>npx vigil import ./pictures --source NAME</code>
      </p>
      <p className="run-actions">
        <Link className="link" href={questionsPath()}>
          {say.questions}
        </Link>
        <Link className="link" href={sourcesPath}>
          {say.sources}
        </Link>
      </p>
      {runs?.length === 0 ? <p className="quiet">{say.nothingTaken}</p> : null}
      {runs?.map((run) => (
        <RunCard key={run.id} run={run} />
      ))}
    </main>
  );
}

function RunCard({ run }: { run: Run }) {
  const { account } = useVisit();
  const now = useNow(10_000);
  return (
    <section className="panel" aria-labelledby={run.id}>
      <h2 id={run.id}>
        <Link className="link" href={runPath(run.id)}>
          {run.source}
        </Link>
        <span className="quiet">{ago(run.createdAt, account.timeZone, now)}</span>
      </h2>
      <RunBar run={run} />
    </section>
  );
}
