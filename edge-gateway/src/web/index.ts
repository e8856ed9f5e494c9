/**
 * The local page: alarms with their reasons, temperatures, baselines, devices, outbox and disk, for whoever stands at the
 * site without a network. Rendered here; the browser only swaps what has changed.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import { thermalPicture } from "../alarm/thermal-picture.ts";
import type { Cameras } from "../cameras/index.ts";
import type { Clock } from "../clock.ts";
import { NotKept } from "../devices/not-kept.ts";
import type { Log } from "../log.ts";
import type { discover } from "../onvif/discover.ts";
import type { Recorder } from "../recorder/index.ts";
import type { Sensing } from "../sensing.ts";
import type { Status } from "../status.ts";
import { type AddCamera, createAddCamera } from "./add-camera.ts";
import { type Answer, frame, missing, page, png, type RecordedAnswer } from "./answer.ts";
import { createCameraPages } from "./camera-pages.ts";
import { changeCamera } from "./change-camera.ts";
import { changeDevice } from "./change-device.ts";
import { differencePicture } from "./difference-picture.ts";
import { createGuard } from "./guard.ts";
import { type Html, html } from "./html.ts";
import { renderFound, renderLooked } from "./render-add-camera.ts";
import { renderAirForm, renderBaseline, renderLiveDevice, renderSchedule } from "./render-device.ts";
import { renderOverview } from "./render-overview.ts";
import { PlacesForm, renderPlaces } from "./render-places.ts";
import { sendRecorded } from "./send-recorded.ts";

export type WebOptions = {
  host: string;
  port: number;
  password?: string | undefined;
  site: string;
  timeZone: string;
  clock: Clock;
  status: () => Promise<Status>;
  sensing: Sensing;
  cameras: Pick<Cameras, "list" | "picture" | "draw" | "preview" | "add" | "verdict">;
  /** Which cameras are on the network; a test brings its own. */
  discover?: typeof discover | undefined;
  recorder?: Pick<Recorder, "list" | "clip" | "read"> | undefined;
  log: Log;
};

export type Web = {
  url: string;
  /** Pages that are open are told. */
  tell(alarm: AlarmRecord): void;
  stop(): Promise<void>;
};

const formBytesMax = 4_096;
/** Of a list of places: 10,000 of them, as a form encodes them. */
const listBytesMax = 4 * 1024 * 1024;
const watchersMax = 50;
const headers = {
  "content-security-policy":
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

const asset = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url));
const assets: Readonly<Record<string, { type: string; bytes: Buffer }>> = {
  "/page.css": { type: "text/css; charset=utf-8", bytes: asset("page.css") },
  "/page.js": { type: "text/javascript; charset=utf-8", bytes: asset("page.js") },
};

async function readForm(request: IncomingMessage, bytesMax: number): Promise<Record<string, string>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new RangeError(`expected a form of at most ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()));
}

/** What the pages are made of; every part of it is a function of the request alone. */
function createPages(options: WebOptions, adding: AddCamera) {
  const { site, timeZone, clock, status, sensing } = options;
  const ofCameras = createCameraPages(options);
  const find = (name: string) => sensing.devices().find(({ device }) => device === name);
  const baselineOf = (name: string) => sensing.baselines.list().find(({ device }) => device === name);

  async function overview(): Promise<Html> {
    return renderOverview(await status(), { timeZone, nowMonotonicMs: clock.monotonicMs() });
  }

  function devicePage(name: string): Answer {
    const device = find(name);
    if (!device) return missing;
    const live = `/live/devices/${encodeURIComponent(name)}`;
    const body = html`<h2>${name}, ${device.place}</h2><div data-live="${live}" data-every="2000">${renderLiveDevice(device, sensing.grid(name))}</div>
      ${renderAirForm(device)}<h2>Baseline</h2>${renderBaseline(baselineOf(name), name, timeZone)}
      <h2>Schedule</h2>${renderSchedule(sensing.schedules.of(name), name)}`;
    return page(frame(`${name}: ${device.place}`, site, body));
  }

  function thermal(name: string, which: string): Answer {
    const grid = sensing.grid(name)?.celsius;
    const { approved, candidate } = baselineOf(name) ?? {};
    if (which === "now.png" && grid) return png(thermalPicture(grid));
    if (which === "approved.png" && approved) return png(thermalPicture(approved.celsius));
    if (which === "candidate.png" && candidate) return png(thermalPicture(candidate.celsius));
    if (which === "difference.png" && grid && approved) return png(differencePicture(grid, approved.celsius));
    if (which === "change.png" && candidate && approved) {
      return png(differencePicture(candidate.celsius, approved.celsius));
    }
    return missing;
  }

  return {
    stop: () => ofCameras.stop(),
    async get(path: string, query: URLSearchParams): Promise<Answer | RecordedAnswer> {
      const known = Object.hasOwn(assets, path) ? assets[path] : undefined;
      if (known) return { type: known.type, body: known.bytes };
      if (path === "/") {
        const live = html`<div data-live="/live" data-every="5000">${await overview()}</div>`;
        return page(frame(`Gateway ${site}`, site, live));
      }
      if (path === "/live") return page(await overview());
      if (path === "/status.json") return { type: "application/json", body: JSON.stringify(await status()) };
      if (path === "/places") {
        const { places } = sensing;
        return page(frame("Places", site, renderPlaces(places.list(), places.save("csv"))));
      }
      if (path === "/places.csv") {
        return { type: "text/csv; charset=utf-8", body: sensing.places.save("csv") };
      }
      if (path === "/places.json") return { type: "application/json", body: sensing.places.save("json") };
      if (path === "/add-camera") {
        return page(frame("Add a camera", site, renderFound(await adding.discover())));
      }
      const [, looked] = /^\/add-camera\/([0-9a-f-]{36})\.jpg$/.exec(path) ?? [];
      const picture = looked === undefined ? undefined : adding.picture(looked);
      if (picture) return { type: "image/jpeg", body: picture };
      const ofCamera = await ofCameras.get(path, query);
      if (ofCamera) return ofCamera;
      const [, isLive, name = "", which] =
        /^(\/live)?\/devices\/([^/]+)(?:\/([a-z]+\.png))?$/.exec(path) ?? [];
      const device = decodeURIComponent(name);
      if (which !== undefined) return thermal(device, which);
      const found = find(device);
      if (isLive && found) return page(renderLiveDevice(found, sensing.grid(device)));
      return devicePage(device);
    },
  };
}

function refused(error: unknown, site: string, back: string): Answer {
  const why = error instanceof Error ? error.message : String(error);
  const isInForce = error instanceof NotKept;
  const title = isInForce ? "That is not kept" : "That was not done";
  const body = html`<h2>${title}</h2><p>${why}</p><p><a href="${back}">Back</a></p>`;
  return page(frame(title, site, body), isInForce ? 507 : 422);
}

/** A camera is looked through, or added as it was seen. */
async function addCamera(
  { site, adding }: { site: string; adding: AddCamera },
  step: "look" | "add",
  request: IncomingMessage,
): Promise<Answer> {
  try {
    const { found, ...form } = await readForm(request, formBytesMax);
    if (step === "look") {
      const looked = await adding.look(found === undefined ? form : { ...form, url: found });
      return page(frame("What it shows", site, renderLooked(looked)));
    }
    return { status: 303, type: "text/plain", body: "", location: `/cameras/${await adding.add(form)}` };
  } catch (error) {
    return refused(error, site, "/add-camera");
  }
}

/** What a form of one of the pages asks for. */
async function change(
  { site, sensing, cameras }: WebOptions,
  adding: AddCamera,
  path: string,
  request: IncomingMessage,
): Promise<Answer> {
  if (path === "/add-camera/look" || path === "/add-camera/add") {
    return addCamera({ site, adding }, path === "/add-camera/look" ? "look" : "add", request);
  }
  const [, of = "", name = "", what] = /^\/(devices|cameras)\/([^/]+)\/([a-z]+)$/.exec(path) ?? [];
  const isDrawn = of === "cameras" && what === "areas";
  if ((what === undefined && path !== "/places") || (of === "cameras" && !isDrawn)) return missing;
  const back = what === undefined ? path : `/${of}/${name}`;
  try {
    if (what === undefined) {
      const { list, format } = PlacesForm.parse(await readForm(request, listBytesMax));
      await sensing.places.load(list, format);
    } else if (isDrawn) {
      await changeCamera(cameras, { camera: name, form: await readForm(request, formBytesMax) });
    } else {
      const form = await readForm(request, formBytesMax);
      await changeDevice(sensing, { device: decodeURIComponent(name), what, form });
    }
    return { status: 303, type: "text/plain", body: "", location: back };
  } catch (error) {
    return refused(error, site, back);
  }
}

export async function openWeb(options: WebOptions): Promise<Web> {
  const { host, port, password, clock, log } = options;
  const guard = createGuard(password, () => clock.monotonicMs());
  const adding = createAddCamera({ ...options, find: options.discover });
  const pages = createPages(options, adding);
  const watchers = new Set<ServerResponse>();

  function watch(response: ServerResponse): void {
    if (watchers.size >= watchersMax) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
    response.write("retry: 3000\n\n");
    watchers.add(response);
    response.on("close", () => watchers.delete(response));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = guard.check(request);
    if (refusal) {
      const ask =
        refusal.status === 401 ? { "www-authenticate": 'Basic realm="Vigil gateway", charset="UTF-8"' } : {};
      response
        .writeHead(refusal.status, { ...headers, ...ask, "content-type": "text/plain" })
        .end(`${refusal.why}\n`);
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://gateway");
    if (pathname === "/changes") return watch(response);
    const answer =
      request.method === "POST"
        ? await change(options, adding, pathname, request)
        : await pages.get(pathname, searchParams);
    if ("recorded" in answer) return sendRecorded(answer.recorded, request, response, headers);
    const { status = 200, type, body, location } = answer;
    response
      .writeHead(status, { ...headers, "content-type": type, ...(location ? { location } : {}) })
      .end(body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url }, "the page could not be shown");
      if (!response.headersSent) response.writeHead(500, headers);
      response.end();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, () => resolve());
  await promise;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${shown}:${(server.address() as AddressInfo).port}/`,
    tell(alarm) {
      for (const watcher of watchers) watcher.write(`event: alarm\ndata: ${alarm.id}\n\n`);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await pages.stop();
    },
  };
}
