/** What axe finds on a page that would stop somebody (https://github.com/dequelabs/axe-core), and what sticks out sideways. */
import axe from "axe-core";
import type { WatchedPage } from "./browser.ts";

type Result = {
  violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[];
};

/** Findings of the impacts `serious` and `critical`, one line each. */
export async function findFaults(page: WatchedPage): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Result>("axe.run(document, { resultTypes: ['violations'] })");
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  return [
    ...serious.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary }) =>
            `${id}: ${html.slice(0, 120)} ${failureSummary?.split("\n")[1]?.trim() ?? ""}`,
        ),
    ),
    ...(wide > 0 ? [`sticks out by ${wide} pixels`] : []),
    // What is not there is asked for on purpose.
    ...page.faults.filter((fault) => !fault.includes("404 (Not Found)")),
  ];
}
