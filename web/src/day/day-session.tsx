/** One session on its day's line: what the rules made of it, whether a digest came and why, and its events on request. */

import { useId, useState } from "react";
import type { SessionSummary } from "../api/contract.ts";
import { AskForReview, Progress } from "../household/session-row.tsx";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { digestPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { siteNames } from "../words/site.ts";
import { clock } from "../words/time.ts";
import { say } from "./say.ts";
import { SessionEvents } from "./session-events.tsx";

type Props = { session: SessionSummary; position: number; onAsked: () => void };

export function DaySession({ session, position, onAsked }: Props) {
  const { account } = useVisit();
  const [open, setOpen] = useState(false);
  const title = useId();
  const { firstEventAt, lastEventAt, siteId, state, late, reviewId, digestId } = session;
  const from = clock(firstEventAt, account.timeZone);
  const until = clock(lastEventAt, account.timeZone);
  const about = [
    siteNames(account)(siteId),
    state === "open" ? everywhere.open : undefined,
    late ? everywhere.cameLate : undefined,
  ];
  const mayAsk = reviewId === null && account.tier !== "lite";
  return (
    <article
      className="day-session"
      data-level={session.level}
      data-session={session.id}
      aria-labelledby={title}
      aria-posinset={position}
      aria-setsize={-1}
    >
      <p className="day-time">
        <time dateTime={firstEventAt}>{from}</time>
        {from === until ? null : <span className="quiet"> {say.toTime(until)}</span>}
      </p>
      <div className="day-told">
        <p className="session-head">
          <LevelChip level={session.level} />
          <span className="quiet">{about.filter(Boolean).join(" · ")}</span>
        </p>
        <p id={title}>{session.assessment.summary}</p>
        {digestId !== null ? (
          <Link className="link" href={digestPath(digestId)}>
            {everywhere.readTheDigest}
          </Link>
        ) : reviewId === null ? (
          <p className="quiet" data-outlook={session.digest.reason}>
            {session.digest.text}
          </p>
        ) : (
          <Progress reviewId={reviewId} />
        )}
        <div className="actions">
          <button type="button" className="button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {say.events}
          </button>
          {mayAsk ? <AskForReview session={session} onAsked={onAsked} /> : null}
        </div>
        {open ? <SessionEvents sessionId={session.id} /> : null}
      </div>
    </article>
  );
}
