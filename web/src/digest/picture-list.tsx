/** What became of every picture, in words: also of those in which there was nothing, and those that could not be looked at. */

import type { Moment } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { outcome } from "../words/outcome.ts";
import { zone } from "../words/thing.ts";
import { clockWithSeconds, dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";
import type { Attention } from "./use-attention.ts";

export function PictureList({ moments, attention }: { moments: readonly Moment[]; attention: Attention }) {
  const { account } = useVisit();
  return (
    <section aria-labelledby="pictures-title">
      <h2 id="pictures-title">{say.pictureByPicture}</h2>
      <ol className="pictures">
        {moments.map((moment, index) => (
          <li key={moment.id} data-outcome={moment.outcome}>
            <button
              type="button"
              className="number"
              aria-label={say.showPicture(index + 1)}
              aria-current={attention.current?.id === moment.id}
              onClick={() => attention.select(moment.id)}
            >
              {index + 1}
            </button>
            <time dateTime={moment.capturedAt}>{clockWithSeconds(moment.capturedAt, account.timeZone)}</time>
            <p>
              {outcome(moment, moments)}
              {moment.zone === null ? null : <span className="quiet"> {zone(moment.zone)}</span>}
              {moment.imageErasedAt === undefined ? null : (
                <span className="quiet">
                  {" "}
                  {say.erased(dateAndTime(moment.imageErasedAt, account.timeZone))}
                </span>
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
