/** Where motion counts, drawn corner by corner on a camera's picture. Without scripts the corners can be typed. */
import type { CameraState } from "../cameras/index.ts";
import { type Html, html, nothing } from "./html.ts";

const pointsOf = (polygon: readonly (readonly [number, number])[]) =>
  polygon.map(([x, y]) => `${(100 * x).toFixed(1)},${(100 * y).toFixed(1)}`).join(" ");

const remover = (action: string, what: "zones" | "masks", index: number, label: string) =>
  html`<li>${label} <form method="post" action="${action}" class="inline"><input type="hidden" name="what" value="${what}">
    <input type="hidden" name="index" value="${index}"><button name="draw" value="remove">Remove</button></form></li>`;

export function renderAreas({ zones, masks }: Pick<CameraState, "zones" | "masks">): Html {
  return html`${zones.map(({ polygon }) => html`<polygon class="zone" points="${pointsOf(polygon)}"/>`)}
    ${masks.map((polygon) => html`<polygon class="mask" points="${pointsOf(polygon)}"/>`)}`;
}

export function renderDrawing(camera: CameraState, hasPicture: boolean): Html {
  const { name, zones, masks } = camera;
  const action = `/cameras/${name}/areas`;
  return html`<section data-draw><h2>Where motion counts</h2>
    <p class="faint">Press on the picture, corner by corner. Without a zone motion counts everywhere; what is ignored counts nowhere.</p>
    ${
      hasPicture
        ? html`<div class="seen drawable"><img src="/cameras/${name}/now.jpg" alt="A picture of ${name} to draw on">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${renderAreas(camera)}<polygon class="drawn" points=""/></svg></div>`
        : nothing
    }
    <form method="post" action="${action}">
      <label>Corners <input name="polygon" required maxlength="4000" placeholder="[[0,0.5],[1,0.5],[1,1],[0,1]]"></label>
      <label>Name of the zone <input name="name" maxlength="64"></label>
      <button name="draw" value="zone">Add the zone</button>
      <button name="draw" value="mask">Ignore what lies there</button>
      <button type="reset">Begin again</button>
    </form>
    <ul>${zones.map((zone, index) => remover(action, "zones", index, `Zone ${zone.name}`))}
      ${masks.map((_, index) => remover(action, "masks", index, `Ignored ${index + 1}`))}</ul></section>`;
}
