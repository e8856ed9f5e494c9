/** Links to what cameras recorded of a digest, at the gateway that recorded it: Vigil has none of it. */

import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { clockWithSeconds } from "../words/time.ts";
import { recordingsOf } from "./recordings-of.ts";
import { say } from "./say.ts";

/** Recordings are of the same events for as long as the digest is open; those of addenda come with the next look. */
const everyMs = 60_000;

export function Recordings({ sessionId }: { sessionId: string }) {
  const { api, account } = useVisit();
  const load = (signal: AbortSignal) => api.session(sessionId, signal);
  const { value: session } = useAnswer(["session", sessionId], load, everyMs);
  const recordings = recordingsOf(session?.events ?? []);
  if (recordings.length === 0) return null;
  return (
    <section aria-labelledby="recordings-title">
      <h2 id="recordings-title">{say.recorded}</h2>
      <ul>
        {recordings.map(({ eventId, occurredAt, url, host }) => (
          <li key={eventId}>
            <a href={url} target="_blank" rel="noreferrer noopener">
              {clockWithSeconds(occurredAt, account.timeZone)}
            </a>{" "}
            <span className="quiet">{say.atHost(host)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">{say.whereRecorded}</p>
    </section>
  );
}
