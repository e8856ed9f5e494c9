/** Sessions of each day as a bar, the serious ones at its foot; each bar leads to its day, and a table has the same figures. */

import type { Trends } from "../api/contract.ts";
import { Link } from "../shell/link.tsx";
import { dayPath } from "../shell/route.ts";
import { levelName, levels } from "../words/level.ts";
import { everywhere } from "../words/say.ts";
import { dayOfDate, todayName } from "../words/time.ts";
import { say } from "./say.ts";

type Day = Trends["days"][number];

const height = 160;
const widthOfDay = 24;
/** From the most serious, which stands at the foot. */
const order = levels.toReversed();

export function DayChart({ days }: { days: readonly Day[] }) {
  const most = Math.max(1, ...days.map(totalOf));
  const today = days.at(-1)?.date ?? "";
  return (
    <>
      <div className="day-chart">
        <p className="quiet" aria-hidden="true">
          {most}
        </p>
        <div className="day-bars">
          {days.map((day) => (
            <Link
              key={day.date}
              href={dayPath(day.date)}
              title={told(day, today)}
              aria-label={told(day, today)}
            >
              <svg viewBox={`0 0 ${widthOfDay} ${height}`} preserveAspectRatio="none" aria-hidden="true">
                {partsOf(day, most).map(({ level, y, tall }) => (
                  <rect key={level} data-level={level} x="2" y={y} width={widthOfDay - 4} height={tall} />
                ))}
              </svg>
            </Link>
          ))}
        </div>
      </div>
      <p className="quiet day-axis" aria-hidden="true">
        <span>{days[0] && dayOfDate(days[0].date, today)}</span>
        <span>{today === "" ? "" : todayName}</span>
      </p>
      <ul className="day-legend" aria-label={say.levels}>
        {levels.map((level) => (
          <li key={level} data-level={level}>
            {levelName[level]}
          </li>
        ))}
      </ul>
    </>
  );
}

function totalOf({ sessions }: Day): number {
  return levels.reduce((sum, level) => sum + sessions[level], 0);
}

function partsOf({ sessions }: Day, most: number) {
  let foot = height;
  return order.flatMap((level) => {
    if (sessions[level] === 0) return [];
    // One in a thousand is still to be seen.
    const tall = Math.max(2, (sessions[level] / most) * height);
    foot -= tall;
    return [{ level, y: foot, tall }];
  });
}

function told(day: Day, today: string): string {
  const parts = order.flatMap((level) =>
    day.sessions[level] === 0 ? [] : [`${day.sessions[level]} ${everywhere.levelsWithin[level]}`],
  );
  return `${dayOfDate(day.date, today)}: ${parts.length === 0 ? say.noSession : parts.join(", ")}`;
}
