/** Which device stands where, on the local page: the list as it is, and a form to import another. */
import * as z from "zod";
import { type Html, html, nothing } from "./html.ts";

export const PlacesForm = z.object({ list: z.string(), format: z.enum(["csv", "json"]) });

export function renderPlaces(places: readonly { key: string; place: string }[], csv: string): Html {
  return html`<h2>Places</h2>
    <p class="faint">A serial number, an address, or what a device calls its location, to the place where it stands. An import takes the place of the one before; what gateway.yaml says stays, and comes first.</p>
    <p><a href="/places.csv">As CSV</a> &nbsp; <a href="/places.json">As JSON</a></p>
    ${
      places.length === 0
        ? nothing
        : html`<div class="scroll"><table><tr><th>Device</th><th>Place</th></tr>
      ${places.map(({ key, place }) => html`<tr><td>${key}</td><td>${place}</td></tr>`)}</table></div>`
    }
    <form method="post" action="/places">
      <label>List <textarea name="list" rows="12" cols="48" required spellcheck="false">${csv}</textarea></label>
      <label>It is <select name="format"><option value="csv">CSV (key,place)</option><option value="json">JSON</option></select></label>
      <button>Import</button>
    </form>`;
}
