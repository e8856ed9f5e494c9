/** What can be said of whether the pictures are what they claim to be, and what cannot. */

import type { Moment } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { custody, origins, signed } from "../words/origin.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

/** What is signed stays; what is not logged yet is within a minute or two. */
const logEveryMs = 60_000;

export function Origin({ digestId, moments }: { digestId: string; moments: readonly Moment[] }) {
  const kept = custody(moments);
  const { api, account } = useVisit();
  const load = (signal: AbortSignal) => api.custody(digestId, signal);
  const { value: log } = useAnswer(["custody", digestId], load, logEveryMs);
  const when = (instant: string) => dateAndTime(instant, account.timeZone);
  const said = origins(moments, when);
  const since = signed(log, when);
  if (kept.length === 0) return null;
  return (
    <section className="origin" aria-labelledby="origin-title">
      <h2 id="origin-title">{say.proves}</h2>
      {kept.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {since === undefined ? null : <p>{since}</p>}
      {said.length === 0 ? (
        <p className="quiet">{say.noStatement}</p>
      ) : (
        <ul className="origins">
          {said.map(({ number, line }) => (
            <li key={number}>
              <strong>{say.pictureNumber(number)}</strong> {line}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{say.cannotTell}</p>
    </section>
  );
}
