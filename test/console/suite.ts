/** What every test of the console begins with: the built console on a port, a double of the API, and a browser. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { ConsoleServer } from "../../scripts/stack/console.ts";
import { type ApiData, type ConsoleApi, serveApi } from "./api.ts";
import { launchBrowser, openPage, type WatchedPage } from "./browser.ts";
import * as checks from "./check-fixtures.ts";
import * as days from "./day-fixtures.ts";
import { drawPicture } from "./draw-picture.ts";
import * as fixture from "./fixtures.ts";
import { operated } from "./operator-fixtures.ts";
import { wholeAccount } from "./people-fixtures.ts";
import { asking } from "./question-fixtures.ts";
import { runItems, runs } from "./run-fixtures.ts";
import { buildConsole, serveBuilt } from "./site.ts";
import * as told from "./told-fixtures.ts";

export const signedIn = `#token=${fixture.memberToken}`;
export const digests = [fixture.frontDoorDigest, fixture.gardenDigest, fixture.smokeDigest];
export const digestPath = `/digests/${fixture.frontDoorDigest.id}`;

/** `api` and `site` are new for each test. */
export type Opened = {
  api: ConsoleApi;
  site: ConsoleServer;
  /** Opens the console at an address, at the fixtures' present. */
  visit: (address: string, options?: BrowserContextOptions) => Promise<WatchedPage>;
};

/** What the double of the API serves, new for each that asks. */
export function fixtureData(): ApiData {
  const moments = digests.flatMap((digest) => digest.moments);
  return {
    memberToken: fixture.memberToken,
    account: fixture.account,
    usage: fixture.usage,
    devices: fixture.devices,
    gateways: [fixture.gateway],
    ledger: structuredClone(fixture.ledger),
    checks: checks.checks,
    checked: { dashboard: checks.dashboard, evaluation: checks.evaluation },
    endpoints: [fixture.endpoint],
    deliveries: [fixture.delivery],
    message: told.message,
    attempts: told.attempts,
    audit: [told.auditEntry],
    members: [told.member],
    scene: structuredClone(fixture.scene),
    shares: [fixture.share],
    runs: structuredClone(runs),
    items: structuredClone(runItems),
    asking: asking(30),
    operated: operated(),
    whole: wholeAccount(),
    digests,
    read: new Set(),
    event: days.event,
    trends: days.trends,
    sessions: structuredClone(fixture.sessions),
    reviews: [fixture.waitingReview],
    pictures: (momentId) => drawPicture(moments.find(({ id }) => id === momentId)?.detections ?? []),
  };
}

/** Called inside a `describe`: its hooks are that suite's. */
export function openConsole(): Opened {
  const opened = { visit } as Opened;
  let folder: string;
  let browser: Browser;
  let page: WatchedPage | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vigil-console-"));
    [browser] = await Promise.all([launchBrowser(), buildConsole(path.join(folder, "dist"))]);
  });

  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    opened.api = await serveApi(fixtureData());
    opened.site = await serveBuilt(path.join(folder, "dist"), opened.api.url);
  });

  afterEach(async () => {
    await page?.context().close();
    page = undefined;
    await Promise.all([opened.site.stop(), opened.api.close()]);
  });

  async function visit(address: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    page = await openPage(browser, options);
    await page.clock.setFixedTime(fixture.present);
    await page.goto(opened.site.url + address);
    return page;
  }
  return opened;
}

/** What a reader with a small screen, a screen reader or weak eyes would stumble over. Runs in the page. */
export const basics = `(() => {
  const findings = [];
  if (document.documentElement.scrollWidth > innerWidth) findings.push("scrolls sideways: " + document.documentElement.scrollWidth);
  if (document.documentElement.lang === "") findings.push("no language");
  for (const image of document.querySelectorAll("img")) if (image.alt.trim() === "") findings.push("image without alt");
  for (const control of document.querySelectorAll("button, a, input")) {
    const name = control.getAttribute("aria-label") || control.textContent.trim() ||
      control.querySelector("img")?.alt || (control.labels?.[0]?.textContent ?? "");
    if (name === "") findings.push("nameless " + control.outerHTML.slice(0, 80));
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) findings.push("an id twice: " + ids.join(" "));
  for (const reference of document.querySelectorAll("[aria-labelledby]")) {
    if (document.getElementById(reference.getAttribute("aria-labelledby")) === null) findings.push("dangling label");
  }
  return findings;
})()`;
