/**
 * `npm run console:people`: three people and what they want of Vigil, twelve wishes each, in a real browser against the real
 * API: a household on a phone, a shop at a desk and whoever runs it, those two by keyboard alone. Each wish is done by what stands
 * on the screen; one that cannot be done without the documentation is a fault of the console. Axe looks at where each of them
 * ends. Ends with 1 when one cannot be done, or axe finds something serious.
 *
 * @example
 *   npm run console:people            # all of them
 *   npm run console:people -- shop    # the shop
 */
import "../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { BrowserContextOptions } from "playwright-core";
import { startTestServer } from "../../scripts/test-server.ts";
import { findFaults } from "./axe.ts";
import type { WatchedPage } from "./browser.ts";
import { fingerOf, type Hand, keyboardOf } from "./tasks/hand.ts";
import { household, phone } from "./tasks/household.ts";
import { operator } from "./tasks/operator.ts";
import { shop } from "./tasks/shop.ts";
import { type Stage, setStage } from "./tasks/stage.ts";
import type { Task } from "./tasks/task.ts";

type Person = {
  who: string;
  wants: readonly Task[];
  screen: BrowserContextOptions;
  handOf: (page: WatchedPage) => Hand;
};

const people: readonly Person[] = [
  { who: "a household, on a phone", wants: household, screen: phone, handOf: fingerOf },
  { who: "a shop, at a desk", wants: shop, screen: {}, handOf: keyboardOf },
  { who: "an operator", wants: operator, screen: {}, handOf: keyboardOf },
];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** @returns how many of the wishes could not be done, or ended on a page with a fault */
async function follow(stage: Stage, { who, wants, screen, handOf }: Person): Promise<number> {
  say(`\n${who}`);
  const hand = handOf(await stage.open(screen));
  const kept = new Map<string, string>();
  let failed = 0;
  for (const { wish, does } of wants) {
    const startMs = performance.now();
    const fault = await does({ hand, stage, kept }).then(
      async () => (await findFaults(hand.page)).join("\n"),
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    const took = ((performance.now() - startMs) / 1000).toFixed(1);
    say(`${fault === "" ? "done  " : "FAULT "} ${wish} (${took} s)`);
    if (fault === "") continue;
    failed += 1;
    say(fault.replaceAll(/^/gm, "       "));
    hand.page.faults.length = 0;
  }
  await hand.page.context().close();
  return failed;
}

const {
  positionals: [wanted = ""],
} = parseArgs({ allowPositionals: true });
await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
const stage = await setStage();
try {
  for (const person of people.filter(({ who }) => who.includes(wanted))) {
    if ((await follow(stage, person)) > 0) process.exitCode = 1;
  }
} finally {
  await stage.close();
}
