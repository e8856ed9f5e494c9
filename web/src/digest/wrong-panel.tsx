/** Saying that a digest should not have come: of each kind of event in it, one may be called false, and weighs less from then on. */

import type { Event } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { CallFalse } from "../day/call-false.tsx";
import { useVisit } from "../shell/visit.ts";
import { eventType, sentenceCase, zone } from "../words/thing.ts";
import { say } from "./say.ts";

const everyMs = 60_000;

export function WrongPanel({ sessionId }: { sessionId: string }) {
  const { api, membership } = useVisit();
  const load = (signal: AbortSignal) => api.session(sessionId, signal);
  const { value: session, refresh } = useAnswer(["session", sessionId], load, everyMs);
  const kinds = oneOfEach(session?.events ?? []);
  if (membership?.role === "viewer" || kinds.length === 0) return null;
  return (
    <section aria-labelledby="wrong-title">
      <h2 id="wrong-title">{say.wasItNothing}</h2>
      <p className="quiet">{say.weighsLess}</p>
      <ul className="rows">
        {kinds.map((event) => (
          <li key={`${event.type} ${event.zone}`}>
            <p>
              {sentenceCase(eventType(event.type))}
              {event.zone === null ? null : <span className="quiet"> {zone(event.zone)}</span>}
            </p>
            <CallFalse event={event} onCalled={refresh} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of those of the same type and zone the first that was not called false; of what may threaten a life, none. */
function oneOfEach(events: readonly Event[]): Event[] {
  const kinds = Map.groupBy(
    events.filter(({ assessment }) => !assessment.lifeSafety),
    ({ type, zone: where }) => `${type} ${where}`,
  );
  return [...kinds.values()].flatMap((alike) => alike.find(({ dismissed }) => !dismissed) ?? alike[0] ?? []);
}
