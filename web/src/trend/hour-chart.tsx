/** Events by the hour and the zone, as squares that are the darker the more there were; the same in words for whoever cannot see it. */

import type { CSSProperties } from "react";
import type { Trends } from "../api/contract.ts";
import { sentenceCase, zone } from "../words/thing.ts";
import { say } from "./say.ts";

type Props = { zones: Trends["zones"]; left: number };

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** The hours that are named under the chart. */
const named = new Set([0, 6, 12, 18]);

export function HourChart({ zones, left }: Props) {
  if (zones.length === 0) return null;
  const most = Math.max(1, ...zones.flatMap((each) => each.hours));
  return (
    <div className="hours-wide" role="region" aria-label={say.eventsByHour} tabIndex={0}>
      <table className="hours">
        <caption className="visually-hidden">{say.caption(most)}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{say.zone}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                <span className={named.has(hour) ? "" : "visually-hidden"}>{hour}</span>
              </th>
            ))}
            <th scope="col">{say.events}</th>
          </tr>
        </thead>
        <tbody>
          {zones.map((each) => (
            <tr key={each.zone}>
              <th scope="row">{each.zone === null ? say.noZone : sentenceCase(zone(each.zone))}</th>
              {hours
                .map((hour) => ({ hour, events: each.hours[hour] ?? 0 }))
                .map(({ hour, events }) => (
                  <td
                    key={hour}
                    className="hour"
                    data-none={events === 0}
                    style={{ "--share": Math.sqrt(events / most) } as CSSProperties}
                    title={say.hour(hour, events)}
                  >
                    <span className="visually-hidden">{events}</span>
                  </td>
                ))}
              <td className="figure-small">{each.events}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left === 0 ? null : <p className="quiet">{say.zonesLeftOut(left)}</p>}
    </div>
  );
}
