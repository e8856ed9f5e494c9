/** Weeks and months in a few figures: what came, how serious it was, where and when, and what was done about it. */

import { useEffect, useState } from "react";
import type { Trends } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateBeside, dateKey } from "../words/time.ts";
import { DayChart } from "./day-chart.tsx";
import { HourChart } from "./hour-chart.tsx";
import { say } from "./say.ts";
import { sumsOf } from "./sums.ts";

const everyMs = 60_000;
const spans = [7, 30, 90] as const;

export function TrendsPage() {
  const { api, account } = useVisit();
  const [length, setLength] = useState<number>(spans[0]);
  const today = dateKey(useNow(30_000), account.timeZone);
  const from = dateBeside(today, 1 - length);
  const load = (signal: AbortSignal) => api.trends(from, today, signal);
  const { value: trends, failure, refresh } = useAnswer(["trends", from, today], load, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page trends" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <header className="day-head">
        <h1>{say.trends}</h1>
        <div className="actions" role="group" aria-label={say.howFarBack}>
          {spans.map((days) => (
            <button
              key={days}
              type="button"
              className="button-quiet"
              aria-pressed={length === days}
              onClick={() => setLength(days)}
            >
              {say.days(days)}
            </button>
          ))}
        </div>
      </header>
      {trends !== undefined ? (
        <Figures trends={trends} />
      ) : failure === undefined ? (
        <div className="skeleton-picture" aria-busy="true" role="status" aria-label={say.loadingFigures} />
      ) : (
        <Notice
          title={explain(failure).what}
          detail={explain(failure).next}
          action={everywhere.tryNow}
          onAction={refresh}
        />
      )}
    </main>
  );
}

function Figures({ trends }: { trends: Trends }) {
  const sums = sumsOf(trends);
  return (
    <>
      <dl className="sums">
        {sums.map(({ name, figure, detail }) => (
          <div key={name} className="panel">
            <dt>{name}</dt>
            <dd>
              <span className="figure">{figure}</span>
              <span className="quiet">{detail}</span>
            </dd>
          </div>
        ))}
      </dl>
      <section className="panel" aria-labelledby="trend-days">
        <h2 id="trend-days">{say.byDay}</h2>
        <DayChart days={trends.days} />
      </section>
      <section className="panel" aria-labelledby="trend-hours">
        <h2 id="trend-hours">{say.byHour}</h2>
        {trends.zones.length === 0 ? (
          <p className="quiet">{say.noEvent}</p>
        ) : (
          <HourChart zones={trends.zones} left={trends.zonesLeftOut} />
        )}
      </section>
      <p className="quiet">{say.byClock(trends.timeZone, trends.from, trends.until)}</p>
    </>
  );
}
