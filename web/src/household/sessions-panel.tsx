/** Sessions without a digest: those still open, those under review, and those that nobody has looked at closely. */

import type { SessionSummary } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { say } from "./say.ts";
import { SessionRow } from "./session-row.tsx";

const everyMs = 3_000;
/** Bounds what is polled and what is read: the newest of each kind. */
const activeMax = 6;
const restingMax = 5;

export function SessionsPanel() {
  const { api } = useVisit();
  const { value: sessions, refresh } = useAnswer(["sessions"], api.sessions, everyMs);
  const pending = sessions?.filter((session) => session.digestId === null) ?? [];
  const active = pending.filter(isActive).slice(0, activeMax);
  const resting = pending.filter((session) => !isActive(session)).slice(0, restingMax);
  return (
    <>
      <section className="panel" aria-labelledby="active-title" aria-busy={sessions === undefined}>
        <h2 id="active-title">{say.underWay}</h2>
        {sessions === undefined ? <div className="skeleton-line" /> : null}
        {sessions !== undefined && active.length === 0 ? <p className="quiet">{say.allQuiet}</p> : null}
        <ul className="rows">
          {active.map((session) => (
            <SessionRow key={session.id} session={session} onAsked={refresh} />
          ))}
        </ul>
      </section>
      {resting.length === 0 ? null : (
        <section className="panel" aria-labelledby="resting-title">
          <h2 id="resting-title">{say.assessedOnly}</h2>
          <ul className="rows">
            {resting.map((session) => (
              <SessionRow key={session.id} session={session} onAsked={refresh} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function isActive(session: SessionSummary): boolean {
  return session.state === "open" || session.reviewId !== null;
}
