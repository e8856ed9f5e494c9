/** The events of a session, why each weighs what it does, and a way to call one false. */

import type { Event } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { LevelChip } from "../shell/level-chip.tsx";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { eventType, sentenceCase, zone } from "../words/thing.ts";
import { clockWithSeconds } from "../words/time.ts";
import { CallFalse } from "./call-false.tsx";
import { say } from "./say.ts";

const everyMs = 15_000;
/** As many as the API gives of one session. */
const eventsMax = 500;

export function SessionEvents({ sessionId }: { sessionId: string }) {
  const { api } = useVisit();
  const load = (signal: AbortSignal) => api.session(sessionId, signal);
  const { value: session, failure, refresh } = useAnswer(["session", sessionId], load, everyMs);
  if (session === undefined) {
    return failure === undefined ? (
      <div className="skeleton-line" aria-busy="true" />
    ) : (
      <p className="fault" role="alert">
        {explain(failure).what}
      </p>
    );
  }
  return (
    <>
      <ol className="day-events">
        {session.events.map((event) => (
          <OneEvent key={event.id} event={event} onCalled={refresh} />
        ))}
      </ol>
      {session.events.length < eventsMax ? null : <p className="quiet">{say.firstEvents(eventsMax)}</p>}
    </>
  );
}

function OneEvent({ event, onCalled }: { event: Event; onCalled: () => void }) {
  const { account } = useVisit();
  const { type, mode, assessment, evidence } = event;
  const pictures = evidence.filter(({ state }) => state === "ready").length;
  const about = [
    event.zone === null ? undefined : zone(event.zone),
    mode === null ? undefined : say.mode(mode),
    pictures === 0 ? undefined : everywhere.pictures(pictures),
  ];
  return (
    <li>
      <p>
        <time dateTime={event.occurredAt}>{clockWithSeconds(event.occurredAt, account.timeZone)}</time>{" "}
        <strong>{sentenceCase(eventType(type))}</strong>{" "}
        <span className="quiet">{about.filter(Boolean).join(" · ")}</span> <LevelChip level={event.level} />
      </p>
      <p className="quiet">{assessment.reasons.map(({ text }) => text).join(" ")}</p>
      <CallFalse event={event} onCalled={onCalled} />
    </li>
  );
}
