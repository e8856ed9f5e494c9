/** The pages by which a camera is added: which there are, and what one of them shows. */
import type { Found } from "../onvif/discover.ts";
import type { Looked } from "./add-camera.ts";
import { type Html, html } from "./html.ts";

export function renderFound(found: readonly Found[]): Html {
  return html`<h2>Add a camera</h2>
    <form method="post" action="/add-camera/look" class="tall">
      <p class="faint">The name and the password that the camera asks for; the password itself is shown on no page, and kept by this gateway alone.</p>
      <label>Name <input name="user" maxlength="64" autocomplete="off"></label>
      <label>Password <input name="password" type="password" maxlength="128" autocomplete="off"></label>
      <h2>On this network</h2>
      ${
        found.length === 0
          ? html`<p class="faint">No camera answered (ONVIF, from this machine's own networks). <a href="/add-camera">Look again</a></p>`
          : html`<ul>${found.map(
              ({ url, name, hardware }) =>
                html`<li><button name="found" value="${url}">Look through ${name || "it"}</button> <small>${hardware} ${url}</small></li>`,
            )}</ul>`
      }
      <h2>By its address</h2>
      <label>Address <input name="url" maxlength="500" size="40" placeholder="rtsp://10.0.0.7/sub"></label>
      <button>Look through it</button>
    </form>`;
}

export function renderLooked({ id, shown }: Looked): Html {
  return html`<h2>What ${shown} shows</h2>
    <section data-draw>
    <p class="faint">Draw where motion counts, or press corner by corner; without it motion counts everywhere. It can be changed later.</p>
    <div class="seen drawable"><img src="/add-camera/${id}.jpg" alt="What the camera shows">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><polygon class="drawn" points=""/></svg></div>
    <form method="post" action="/add-camera/add">
      <input type="hidden" name="id" value="${id}"><input type="hidden" name="polygon" value="">
      <label>Name <input name="name" required maxlength="40" pattern="[A-Za-z0-9][A-Za-z0-9\\-]*" value="${nameFor(shown)}"></label>
      <label>Where it looks <input name="place" required maxlength="64" value="${shown}"></label>
      <button>Add it</button>
      <button type="reset">Draw anew</button>
    </form></section>`;
}

/** "10.0.0.7:8080" to "camera-10-0-0-7-8080": as good as any until somebody writes a better one. */
const nameFor = (shown: string) =>
  `camera-${shown.replaceAll(/[^A-Za-z0-9]+/g, "-")}`.slice(0, 40).replace(/-$/, "");
