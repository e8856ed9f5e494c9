/** What is to be seen of questions in the console. Asked as expressions: the page's own policy lets nothing wait inside of it. */
import type { Page } from "playwright-core";
import { until } from "../../scripts/local/until.ts";

const withinMs = 120_000;

async function holds(page: Page, expression: string, because: string): Promise<void> {
  await until(async () => ((await page.evaluate<boolean>(expression)) ? true : undefined), {
    withinMs,
    because,
  });
}

/** The picture that is asked about has been drawn. */
export async function untilShown(page: Page): Promise<void> {
  const isShown = `document.querySelector('[data-shown="true"]')?.naturalWidth > 0`;
  await holds(page, isShown, "the picture that is asked about did not come");
}

/** So many of the next pictures at least are there before they are asked about, and none is still on its way. */
export async function untilLoaded(page: Page, countMin: number): Promise<void> {
  const areLoaded = `(() => {
    const waiting = [...document.querySelectorAll('[data-shown="false"]')];
    return waiting.length >= ${countMin} && waiting.every(({ naturalWidth }) => naturalWidth > 0);
  })()`;
  await holds(page, areLoaded, `${countMin} pictures were not there before they were asked about`);
}
