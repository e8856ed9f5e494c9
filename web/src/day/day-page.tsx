/** One day: its hours at a glance, and every session of it with what came of it and why. */

import { useEffect } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { dayPath, go } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { HourChart } from "../trend/hour-chart.tsx";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateBeside, dateKey, dayOfDate } from "../words/time.ts";
import { say } from "./say.ts";
import { SessionList } from "./session-list.tsx";
import { useSessions } from "./use-sessions.ts";

const everyMs = 30_000;

export function DayPage({ date }: { date: string | undefined }) {
  const { account } = useVisit();
  const today = dateKey(useNow(30_000), account.timeZone);
  const shown = date ?? today;
  const name = dayOfDate(shown, today);
  useEffect(() => {
    document.title = `${name} · Vigil`;
  }, [name]);
  return (
    <main id="content" className="page day-page" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <header className="day-head">
        <h1>{name}</h1>
        <nav aria-label={say.days}>
          <Link className="button-quiet" href={dayPath(dateBeside(shown, -1))}>
            <span aria-hidden="true">‹</span> {say.dayBefore}
          </Link>
          {shown < today ? (
            <Link className="button-quiet" href={dayPath(dateBeside(shown, 1))}>
              {say.dayAfter} <span aria-hidden="true">›</span>
            </Link>
          ) : null}
          <label className="visually-hidden" htmlFor="day-date">
            {say.anotherDay}
          </label>
          <input
            id="day-date"
            type="date"
            className="choice-small"
            value={shown}
            max={today}
            onChange={(event) => {
              if (event.target.value !== "") go(dayPath(event.target.value));
            }}
          />
        </nav>
      </header>
      <Hours date={shown} isToday={shown === today} />
      <Sessions key={shown} date={shown} isToday={shown === today} />
    </main>
  );
}

function Hours({ date, isToday }: { date: string; isToday: boolean }) {
  const { api } = useVisit();
  const load = (signal: AbortSignal) => api.trends(date, date, signal);
  const { value: trends } = useAnswer(["trends", date, date], load, isToday ? everyMs : 10 * everyMs);
  if (trends === undefined) return <div className="skeleton-line day-hours" aria-busy="true" />;
  return <HourChart zones={trends.zones} left={trends.zonesLeftOut} />;
}

function Sessions({ date, isToday }: { date: string; isToday: boolean }) {
  const { sessions, isWhole, failure, goOn, refresh } = useSessions(date, isToday);
  if (sessions === undefined) {
    if (failure === undefined) {
      return <div className="skeleton-picture" aria-busy="true" role="status" aria-label={say.loadingDay} />;
    }
    const { what, next } = explain(failure);
    return <Notice title={what} detail={next} action={everywhere.tryNow} onAction={refresh} />;
  }
  if (sessions.length === 0) {
    return <Notice title={say.nothing} detail={isToday ? say.nothingToday : say.nothingThen} />;
  }
  return (
    <>
      <SessionList date={date} sessions={sessions} onNearEnd={goOn} onAsked={refresh} />
      {isWhole || failure !== undefined ? null : <p className="quiet older">{everywhere.loadingMore}</p>}
      {failure === undefined ? null : (
        <p className="fault older" role="alert">
          {say.notAllLoaded(explain(failure).what)}
        </p>
      )}
    </>
  );
}
