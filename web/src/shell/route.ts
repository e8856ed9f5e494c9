/** The addresses of the console: of its pages, and of one digest, camera or run. */
import { useSyncExternalStore } from "react";

export type Route =
  | { page: "home" }
  | { page: "digest"; id: string }
  | { page: "camera" }
  | { page: "checks" }
  | { page: "devices" }
  | { page: "enrol" }
  | { page: "scene"; deviceId: string }
  | { page: "endpoints" }
  | { page: "gateways" }
  | { page: "ledger" }
  | { page: "runs" }
  | { page: "run"; id: string }
  | { page: "questions"; run: string | undefined }
  | { page: "sources" }
  | { page: "people" }
  | { page: "plan" }
  | { page: "trends" }
  | { page: "settings" }
  | { page: "deliveries" }
  | { page: "day"; date: string | undefined }
  | { page: "unknown" };

export const endpointsPath = "/endpoints";
/** Of this browser, as a camera. */
export const cameraPath = "/camera";
/** What can be said of texts and pictures from elsewhere. */
export const checksPath = "/authenticity";
export const devicesPath = "/devices";
/** Where a device that asks to be let in sends an owner, with its code behind #. */
export const enrolPath = "/enrol";
export const gatewaysPath = "/gateways";
export const ledgerPath = "/ledger";
export const runsPath = "/runs";
/** What people are asked of pictures of runs. */
const questionsRoot = "/questions";
/** Who gives pictures. */
export const sourcesPath = "/sources";
export const peoplePath = "/people";
/** What the account has bought: where the payment provider sends people back to. */
export const planPath = "/plan";
/** Of whoever is signed in, in an account or not. */
export const invitationPath = "/invitation";

export function parse(path: string): Route {
  if (path === "/" || path === "/digests" || path === "/digests/") return { page: "home" };
  if (path === cameraPath || path === `${cameraPath}/`) return { page: "camera" };
  if (path === checksPath || path === `${checksPath}/`) return { page: "checks" };
  if (path === devicesPath || path === `${devicesPath}/`) return { page: "devices" };
  if (path === enrolPath || path === `${enrolPath}/`) return { page: "enrol" };
  if (path === endpointsPath || path === `${endpointsPath}/`) return { page: "endpoints" };
  if (path === gatewaysPath || path === `${gatewaysPath}/`) return { page: "gateways" };
  if (path === ledgerPath || path === `${ledgerPath}/`) return { page: "ledger" };
  if (path === runsPath || path === `${runsPath}/`) return { page: "runs" };
  const runId = /^\/runs\/(run_[0-9a-f]{32})\/?$/.exec(path)?.[1];
  if (runId !== undefined) return { page: "run", id: runId };
  const questions = /^\/questions(?:\/(run_[0-9a-f]{32}))?\/?$/.exec(path);
  if (questions !== null) return { page: "questions", run: questions[1] };
  if (path === sourcesPath || path === `${sourcesPath}/`) return { page: "sources" };
  if (path === peoplePath || path === `${peoplePath}/`) return { page: "people" };
  if (path === planPath || path === `${planPath}/`) return { page: "plan" };
  if (path === settingsPath || path === `${settingsPath}/`) return { page: "settings" };
  if (path === deliveriesPath || path === `${deliveriesPath}/`) return { page: "deliveries" };
  if (path === trendsPath || path === `${trendsPath}/`) return { page: "trends" };
  const day = /^\/day(?:\/(\d{4}-\d\d-\d\d))?\/?$/.exec(path);
  if (day !== null && !Number.isNaN(Date.parse(day[1] ?? "2000-01-01"))) return { page: "day", date: day[1] };
  const deviceId = /^\/cameras\/(dev_[0-9a-f]{32})\/?$/.exec(path)?.[1];
  if (deviceId !== undefined) return { page: "scene", deviceId };
  const id = /^\/digests\/(dig_[0-9a-f]{32})\/?$/.exec(path)?.[1];
  return id === undefined ? { page: "unknown" } : { page: "digest", id };
}

export const trendsPath = "/trends";
export const settingsPath = "/settings";
/** Everything that was told. */
export const deliveriesPath = "/deliveries";

/** @param date `2026-11-20`; left out: today */
export function dayPath(date?: string): string {
  return date === undefined ? "/day" : `/day/${date}`;
}

export function digestPath(id: string): string {
  return `/digests/${id}`;
}

export function runPath(id: string): string {
  return `${runsPath}/${id}`;
}

/** @param run left out: of all runs */
export function questionsPath(run?: string): string {
  return run === undefined ? questionsRoot : `${questionsRoot}/${run}`;
}

export function scenePath(deviceId: string): string {
  return `/cameras/${deviceId}`;
}

/** Of whoever runs Vigil. */
export function isOperatorPath(path: string): boolean {
  return path === "/operator" || path === "/operator/";
}

/** Of an erasure, whose id stands behind #: for whoever has its link. */
export function isErasurePath(path: string): boolean {
  return path === "/erasure" || path === "/erasure/";
}

/** Goes to an address of the console. A step back returns to where the reader was. */
export function go(path: string): void {
  history.pushState({ from: location.pathname + location.search }, "", path);
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.scrollTo(0, 0);
}

let returning = false;

/** Whether the page was come to by a step back or forward: then it is shown as it was left. */
export function isReturning(): boolean {
  return returning;
}

/** Where the reader came from inside the console; undefined for whoever came from outside. */
export function cameFrom(): string | undefined {
  const state: unknown = history.state;
  const isOurs = typeof state === "object" && state !== null && "from" in state;
  return isOurs && typeof state.from === "string" ? state.from : undefined;
}

function subscribe(onChange: () => void): () => void {
  const follow = (event: Event) => {
    // Ours is made by `go`; the browser's own is a step in its history.
    returning = event.isTrusted;
    onChange();
  };
  window.addEventListener("popstate", follow);
  return () => window.removeEventListener("popstate", follow);
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** What follows the path: `""` or `?…`. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}
