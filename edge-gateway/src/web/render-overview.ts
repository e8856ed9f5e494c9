/** The local page's overview: what alarms, how the devices are, and what waits for the cloud. */
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import type { DeviceState } from "../sensing-words.ts";
import { endedAs, type Status } from "../status.ts";
import { type Html, html, nothing } from "./html.ts";
import { renderCameras } from "./render-cameras.ts";
import { measure, moment, size, span } from "./words.ts";

const verdictBy = {
  gateway: "judged here",
  cloud: "assessed by the cloud",
  digest: "the cloud's digest",
} as const;

function renderAlarm(alarm: AlarmRecord, timeZone: string): Html {
  const { verdict, state } = alarm;
  const tense =
    state === "cleared"
      ? `cleared ${moment(alarm.changedAt, timeZone)}`
      : `since ${moment(alarm.openedAt, timeZone)}`;
  return html`<article class="card ${verdict.level} ${state}">
    <h3><span class="level ${verdict.level}">${verdict.level}</span> ${verdict.title}</h3>
    <p>${verdict.summary} <small>(${verdictBy[verdict.by]})</small></p>
    <ul>${alarm.reasons.map(({ text }) => html`<li>${text}</li>`)}</ul>
    ${state === "cleared" || alarm.mitigations.length === 0 ? nothing : html`<p><strong>Do first:</strong> ${alarm.mitigations.join(" ")}</p>`}
    <small>${alarm.place}, ${tense}, ${alarm.id}</small>
  </article>`;
}

function renderDevice(device: DeviceState, nowMs: number): Html {
  const heard = span((nowMs - device.lastPacketMonotonicMs) / 1000);
  const health = device.state === "online" ? "good" : "bad";
  const trouble = device.reconnects >= device.reconnectsMax ? "bad" : "faint";
  return html`<tr>
    <td><a href="/devices/${encodeURIComponent(device.device)}">${device.device}</a><br><small>${device.address}</small></td>
    <td>${device.place}</td>
    <td class="${health}">${device.state}<br><small>heard ${heard} ago</small></td>
    <td class="${trouble}">${device.reconnects}/${device.reconnectsMax}</td>
    <td>${device.readings.map((reading) => html`${reading.channel} <strong>${measure(reading)}</strong><br>`)}</td>
    <td>${device.counters.packets} packets, ${device.counters.frames} frames<br>
      <small>${device.counters.malformed} malformed, ${device.counters.dropped} dropped</small></td>
  </tr>`;
}

const linkWords = {
  untried: "not tried yet",
  up: "connected",
  down: "not reached",
  unauthorised: "refuses the key",
} as const;

function renderOutbox({ balance, link, disk, ledger, clock, sinks }: Status, timeZone: string): Html {
  const { heard, kept, keptUrgent } = balance;
  const next = link.state === "up" ? "" : `; next attempt in ${span(link.nextAttemptMs / 1000)}`;
  const ahead =
    clock.aheadMs === null ? "not compared yet" : `${(clock.aheadMs / 1000).toFixed(1)} s ahead of the API's`;
  return html`<table>
    <tr><th>API</th><td class="${link.state === "up" ? "good" : "bad"}">${linkWords[link.state]} <small>${link.why}${next}</small></td></tr>
    <tr><th>Outbox</th><td><strong>${kept}</strong> waiting (${keptUrgent} life-safety). Heard ${heard} =
      forwarded ${endedAs(balance, "forwarded")} + refused ${endedAs(balance, "refused")} + dropped ${endedAs(balance, "dropped")} + waiting ${kept}</td></tr>
    <tr><th>Disk</th><td class="${disk.full ? "bad" : ""}">${size(disk.freeBytes)} free, ballast ${disk.ballastHeld ? "held" : "given up"}${disk.full ? ": full, images are given up first" : ""}</td></tr>
    <tr><th>Clock</th><td class="${clock.trusted ? "" : "bad"}">${moment(clock.wallMs, timeZone)}, ${ahead}${clock.trusted ? "" : "; not trusted yet"}</td></tr>
    ${sinks.map(({ name, delivered, lost, waiting }) => html`<tr><th>${name}</th><td class="${lost > 0 ? "bad" : ""}">${delivered} told, ${waiting} waiting, ${lost} lost</td></tr>`)}
  </table>
  ${
    ledger.length === 0
      ? nothing
      : html`<h2>What did not reach the cloud</h2><div class="scroll"><table>
    <tr><th>When</th><th>Event</th><th>What</th><th>Why</th></tr>
    ${ledger.map((entry) => html`<tr><td>${moment(entry.atMs, timeZone)}</td><td>${entry.itemId}${entry.evidence === null ? "" : `, ${entry.evidence}`}</td><td>${entry.outcome}</td><td>${entry.reason} <small>${entry.detail}</small></td></tr>`)}
  </table></div>`
  }`;
}

/** The part of the page that is swapped when something changes. */
export function renderOverview(
  status: Status,
  { timeZone, nowMonotonicMs }: { timeZone: string; nowMonotonicMs: number },
): Html {
  const { alarms, devices, faults } = status;
  const open = alarms.filter(({ state }) => state !== "cleared");
  const past = alarms.filter(({ state }) => state === "cleared").slice(0, 10);
  return html`
    <h2>Alarms</h2>
    ${open.length === 0 ? html`<p class="good">Nothing alarms.</p>` : open.map((alarm) => renderAlarm(alarm, timeZone))}
    ${past.map((alarm) => renderAlarm(alarm, timeZone))}
    <h2>Devices</h2>
    ${
      devices.length === 0
        ? html`<p class="faint">No device has connected yet.</p>`
        : html`<div class="scroll"><table>
      <tr><th>Device</th><th>Place</th><th>State</th><th title="Reconnects within ten minutes; so many make it unstable">Reconnects</th><th>Readings</th><th>Heard</th></tr>
      ${devices.map((device) => renderDevice(device, nowMonotonicMs))}
    </table></div>`
    }
    ${renderCameras(status.cameras, nowMonotonicMs)}
    <p><a href="/add-camera">Add a camera</a> &nbsp; <a href="/places">Which device stands where</a></p>
    <h2>Outbox and disk</h2>
    ${renderOutbox(status, timeZone)}
    ${
      faults.length === 0
        ? nothing
        : html`<h2>Faults</h2><div class="scroll"><table>
      ${faults.slice(0, 20).map((fault) => html`<tr><td>${moment(fault.wallMs, timeZone)}</td><td>${fault.device ?? "gateway"}</td><td>${fault.text}</td></tr>`)}
    </table></div>`
    }`;
}
