/**
 * Takes a picture of every page and state of the console, light and dark, on a phone and on a desk, into `.vigil/pictures/`,
 * and says what is wrong with any: what axe finds, what sticks out sideways, how much the layout shifted, and errors.
 *
 * @example
 *   npm run console:pictures                        # all of them
 *   npm run console:pictures -- digest              # those whose name begins so
 *   npm run console:pictures -- digest --language de  # in German
 */
import "../../scripts/help.ts";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { root } from "../../scripts/commands.ts";
import { readGerman } from "../../web/testing/texts.ts";
import { serveApi } from "./api.ts";
import { findFaults } from "./axe.ts";
import { launchBrowser, openPage } from "./browser.ts";
import * as fixture from "./fixtures.ts";
import { type Place, places } from "./places.ts";
import { buildConsole, serveBuilt } from "./site.ts";
import { fixtureData, signedIn } from "./suite.ts";

const views = {
  desk: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;
const folder = path.join(root, ".vigil", "pictures");
/** The most that what is on the screen may move by itself (https://web.dev/articles/cls). */
const shiftMax = 0.1;

/** Counts shifts from the page's start on. Runs in the page. */
const watchShifts = `
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { language: { type: "string", default: "en" } },
});
const { language } = values;
const say = language === "de" ? await readGerman() : (english: string) => english;

async function shoot(browser: Browser, dist: string, place: Place): Promise<string[]> {
  const found: string[] = [];
  for (const [view, viewport] of Object.entries(views)) {
    for (const colorScheme of ["light", "dark"] as const) {
      const name = `${place.name}-${view}-${colorScheme}${language === "en" ? "" : `-${language}`}`;
      const api = await serveApi(fixtureData());
      const site = await serveBuilt(dist, api.url);
      place.arrange?.(api);
      const page = await openPage(browser, {
        viewport,
        colorScheme,
        locale: language,
        reducedMotion: "reduce",
      });
      page.setDefaultTimeout(20_000);
      try {
        await page.addInitScript(watchShifts);
        await page.clock.setFixedTime(fixture.present);
        await page.goto(site.url + place.path + signedIn);
        await place.ready(page, say);
        const shifted = await page.evaluate<number>("globalThis.shifted");
        if (shifted > shiftMax) found.push(`${name}: shifted by ${shifted.toFixed(3)}`);
        found.push(...(await findFaults(page)).map((fault) => `${name}: ${fault}`));
        await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
      } catch (error) {
        await page.screenshot({ path: path.join(folder, `${name}.png`) });
        found.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        await page.context().close();
        await Promise.all([site.stop(), api.close()]);
      }
    }
  }
  return found;
}

const tell = (line: string) => process.stdout.write(`${line}\n`);
const [wanted = ""] = positionals;
const dist = await mkdtemp(path.join(tmpdir(), "vigil-pictures-"));
const [browser] = await Promise.all([
  launchBrowser(),
  buildConsole(dist),
  mkdir(folder, { recursive: true }),
]);
try {
  const chosen = places.filter(({ name }) => name.startsWith(wanted));
  for (const place of chosen) {
    const found = await shoot(browser, dist, place);
    tell(`${found.length === 0 ? "good" : "BAD "} ${place.name}`);
    for (const fault of found) tell(`     ${fault}`);
    if (found.length > 0) process.exitCode = 1;
  }
  tell(`${chosen.length * 4} pictures are in ${path.relative(root, folder)}`);
} finally {
  await browser.close();
  await rm(dist, { recursive: true, force: true });
}
