/** What this browser's camera has reported since it was started, and how each was judged at once. */

import { LevelChip } from "../shell/level-chip.tsx";
import { everywhere } from "../words/say.ts";
import { locale } from "../words/spoken.ts";
import { say } from "./say.ts";
import type { Report } from "./use-watching.ts";

const clock = new Intl.DateTimeFormat(locale(), { timeStyle: "medium" });

export function ReportList({ reports }: { reports: readonly Report[] }) {
  return (
    <section className="panel" aria-labelledby="reports-title">
      <h2 id="reports-title">{say.reported}</h2>
      {reports.length === 0 ? <p className="quiet">{everywhere.nothingYet}</p> : null}
      <ul className="rows" aria-live="polite">
        {reports.map((report) => (
          <li key={report.id} className="camera-report">
            <p>
              <time dateTime={report.at.toISOString()}>{clock.format(report.at)}</time>
              {` · ${everywhere.pictures(report.pictures)}`}
            </p>
            <Outcome outcome={report.outcome} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ outcome }: Pick<Report, "outcome">) {
  if (outcome === undefined) return <p className="quiet">{say.onItsWay}</p>;
  if ("fault" in outcome) return <p className="fault">{outcome.fault}</p>;
  const { level, summary } = outcome.accepted.assessment;
  return (
    <>
      <LevelChip level={level} />
      <p className="quiet">{say.judged(summary)}</p>
    </>
  );
}
