/** One device on the local page: its thermal grid in degrees, its baseline, and its schedule. */
import { heatColours, rangeOf } from "../alarm/thermal-picture.ts";
import { commandNames, type Schedule } from "../devices/schedule.ts";
import type { BaselineState } from "../sensing.ts";
import type { DeviceState, ThermalGrid } from "../sensing-words.ts";
import { columns, rows } from "../thermal/grid.ts";
import { type Html, html, nothing } from "./html.ts";
import { measure, moment } from "./words.ts";

const cellWidth = 30;
const cellHeight = 20;

const channel = (value: number) => value.toString(16).padStart(2, "0");

/** Each cell in its colour, with its degrees. */
function renderGrid({ celsius, decode }: ThermalGrid): Html {
  const { least, most } = rangeOf(celsius);
  const cells = Array.from(celsius, (value, index) => {
    const x = (index % columns) * cellWidth;
    const y = Math.floor(index / columns) * cellHeight;
    const share = Number.isFinite(value) ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0;
    const colour = heatColours[Math.round(share * 255)] ?? [0, 0, 0];
    const ink = share > 0.55 ? "#000" : "#fff";
    const words = Number.isFinite(value) ? value.toFixed(1) : "-";
    return html`<rect x="${x}" y="${y}" width="${cellWidth}" height="${cellHeight}" fill="#${colour.map(channel).join("")}"/><text x="${x + cellWidth / 2}" y="${y + 13}" fill="${ink}">${words}</text>`;
  });
  return html`<div class="scroll"><svg class="grid" viewBox="0 0 ${columns * cellWidth} ${rows * cellHeight}" font-size="9" text-anchor="middle" role="img" aria-label="Temperatures of 24 by 32 cells, ${least.toFixed(1)} to ${most.toFixed(1)} degrees Celsius">${cells}</svg></div>
  <small>Degrees Celsius, decoded as ${decode}</small>`;
}

function renderAir({ air }: DeviceState): Html {
  if (!air) return nothing;
  const ppm = Object.entries(air.ppm).map(([gas, value]) => `${gas} ${value.toFixed(0)}`);
  return html`<p>The air is <strong>${air.quality}</strong> <small>(ppm, if all of it were one gas: ${ppm.join(", ")})</small></p>`;
}

/** The gas sensor takes what it measures now for clean air. */
export function renderAirForm({ device, air }: DeviceState): Html {
  if (!air) return nothing;
  return html`<form method="post" action="/devices/${encodeURIComponent(device)}/air"><button>The air is clean now</button></form>`;
}

/** The part that is swapped. */
export function renderLiveDevice(device: DeviceState, grid: ThermalGrid | undefined): Html {
  const { decode } = device;
  return html`
    <p>${device.readings.map((reading) => html`${reading.channel} <strong>${measure(reading)}</strong> &nbsp; `)}</p>
    <p class="faint">${device.state}, ${device.reconnects}/${device.reconnectsMax} reconnects, ${device.hotCells} hot cells${decode ? html`, calibration ${decode.calibration} (${decode.why})` : nothing}${device.supplyVolts === undefined ? "" : `, supply ${device.supplyVolts.toFixed(2)} V`}${device.ambientCelsius === undefined ? "" : `, inside ${device.ambientCelsius.toFixed(1)} °C`}</p>
    ${renderAir(device)}
    ${grid ? renderGrid(grid) : html`<p class="faint">It has sent no thermal frame.</p>`}`;
}

const who = html`<label>Your name <input name="by" required maxlength="60"></label><label>Why <input name="why" required maxlength="200"></label>`;

export function renderBaseline(state: BaselineState | undefined, device: string, timeZone: string): Html {
  const at = `/devices/${encodeURIComponent(device)}`;
  const { approved, candidate, decisions = [] } = state ?? {};
  return html`
    <p class="faint">What usually stands warm in its view. A baseline is gathered, looked at by a person, and then counts; a proposal is gone after an hour, or when the gateway restarts.</p>
    <div class="pictures">
      ${
        approved
          ? html`<figure><img src="${at}/approved.png" alt="Median of each cell in the approved baseline"><figcaption>Approved by ${approved.approvedBy}, ${moment(approved.approvedWallMs, timeZone)}: ${approved.why}</figcaption></figure>
        <figure><img src="${at}/difference.png" alt="The latest frame against the approved baseline"><figcaption>Now against it: blue is colder, red is warmer, by up to 10 degrees</figcaption></figure>`
          : html`<p>None is approved.</p>`
      }
      ${candidate ? html`<figure><img src="${at}/candidate.png" alt="Median of each cell in the proposed baseline"><figcaption>Proposed by ${candidate.proposedBy}: ${candidate.why} (${candidate.frames} frames)</figcaption></figure>` : nothing}
      ${candidate && approved ? html`<figure><img src="${at}/change.png" alt="The proposed baseline against the approved one"><figcaption>What would change: blue is colder, red is warmer, by up to 10 degrees</figcaption></figure>` : nothing}
    </div>
    ${
      candidate
        ? html`<form method="post" action="${at}/baseline">${who}<input type="hidden" name="candidate" value="${candidate.id}">
      <button name="verdict" value="approve">Approve</button><button name="verdict" value="reject">Reject</button></form>`
        : html`<form method="post" action="${at}/baseline">${who}<button name="verdict" value="propose">Gather a new one</button></form>`
    }
    ${decisions.map((decision) => html`<p><small>${moment(decision.wallMs, timeZone)}: ${decision.verdict} by ${decision.by}: ${decision.why}</small></p>`)}`;
}

export function renderSchedule(schedule: Schedule, device: string): Html {
  const at = `/devices/${encodeURIComponent(device)}`;
  const option = (mode: Schedule["mode"], words: string) =>
    mode === schedule.mode
      ? html`<option value="${mode}" selected>${words}</option>`
      : html`<option value="${mode}">${words}</option>`;
  return html`
    <form method="post" action="${at}/schedule">
      <label>Mode <select name="mode">${[option("continuous", "it sends by itself"), option("on_demand", "it is asked")]}</select></label>
      <label>Asked every (s) <input name="requestEverySeconds" type="number" min="1" max="86400" value="${schedule.requestEverySeconds}"></label>
      <label>Calibration every (s) <input name="eepromEverySeconds" type="number" min="60" max="604800" value="${schedule.eepromEverySeconds}"></label>
      <button>Set</button>
    </form>
    <form method="post" action="${at}/command">${commandNames.map((name) => html`<button name="command" value="${name}">${name}</button>`)}</form>`;
}
