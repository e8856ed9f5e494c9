/** A headless browser from npm alone, and pages that remember what went wrong in them. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { unpackedBrowser } from "./unpacked-browser.ts";

/** The sandbox is off because tests may run as root in a container; web security, CORS included, stays on. */
export async function launchBrowser({ args = [] }: { args?: readonly string[] } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await unpackedBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", ...args],
    headless: true,
  });
}

export type WatchedPage = Page & { faults: string[] };

/** A page of its own context. `faults` gathers console errors and uncaught exceptions. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return Object.assign(page, { faults });
}
