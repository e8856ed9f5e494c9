/** The cameras on the local page: how each is, its latest picture, and where motion counts on it. */
import type { Verdict } from "../alarm/alarm-record.ts";
import type { CameraState } from "../cameras/index.ts";
import { type Html, html, nothing } from "./html.ts";
import { renderAreas, renderDrawing } from "./render-drawing.ts";
import { span } from "./words.ts";

type Words = { nowMonotonicMs: number; hasPicture: boolean; verdict: Verdict | undefined };

const health = { up: "good", connecting: "faint", lost: "bad" } as const;

const percent = (share: number) => `${Math.round(100 * share)} %`;

export function renderCameras(cameras: readonly CameraState[], nowMonotonicMs: number): Html {
  if (cameras.length === 0) return nothing;
  return html`<h2>Cameras</h2><div class="scroll"><table>
    <tr><th>Camera</th><th>Place</th><th>State</th><th>Events</th><th>Heard</th></tr>
    ${cameras.map(
      (camera) => html`<tr>
      <td><a href="/cameras/${camera.name}">${camera.name}</a><br><small>${camera.url}</small></td>
      <td>${camera.place}</td>
      <td class="${health[camera.state]}">${camera.state}${camera.isMoving ? ", something moves" : ""}<br><small>${camera.why || html`a picture ${span((nowMonotonicMs - camera.lastFrameMonotonicMs) / 1000)} ago`}</small></td>
      <td>${camera.events}</td>
      <td>${camera.frames} frames${camera.recording ? html`, <a href="/cameras/${camera.name}/recordings">recorded</a>` : nothing}<br><small>${camera.restarts} times begun again</small></td>
    </tr>`,
    )}
  </table></div>`;
}

/** The part that is swapped. */
export function renderLiveCamera(camera: CameraState, { nowMonotonicMs, hasPicture, verdict }: Words): Html {
  const { name, place } = camera;
  // Another address each time, or the browser would show the picture that it has.
  const at = `/cameras/${name}/now.jpg?at=${Math.round(nowMonotonicMs)}`;
  const picture = html`<div class="seen"><img src="${at}" alt="What ${name} sees now in ${place}">
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      ${renderAreas(camera)}
    </svg></div>`;
  return html`
    <p class="${health[camera.state]}">${camera.state}${camera.why ? html`: ${camera.why}` : nothing}${camera.isMoving ? ", something moves" : ""}</p>
    ${hasPicture ? picture : html`<p class="faint">It has given no picture.</p>`}
    <p class="faint">${camera.events} events; ${percent(camera.nuisanceShare)} of the picture changes so often that motion there counts for nothing.</p>
    ${
      verdict
        ? html`<article class="card ${verdict.level}"><h3><span class="level ${verdict.level}">${verdict.level}</span> ${verdict.title}</h3><p>${verdict.summary}</p></article>`
        : nothing
    }`;
}

export function renderCameraPage(camera: CameraState, words: Words): Html {
  const { name, place, zones, recording } = camera;
  return html`<h2>${name}, ${place}</h2>
    <div data-live="/live/cameras/${name}" data-every="1000">${renderLiveCamera(camera, words)}</div>
    ${recording ? html`<p><a href="/cameras/${name}/recordings">What it recorded</a></p>` : nothing}
    <p class="faint">${zones.length === 0 ? "Motion counts everywhere but in the masks." : html`Motion counts in ${zones.map((zone) => zone.name).join(", ")}.`} Zones are outlined, masks dark.</p>
    ${renderDrawing(camera, words.hasPicture)}`;
}
