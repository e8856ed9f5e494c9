/** For tests: waits for a condition, within a generous bound. */
import { setTimeout as wait } from "node:timers/promises";

export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { what, msMax = 180_000 }: { what: string; msMax?: number },
): Promise<void> {
  const deadline = Date.now() + msMax;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited too long for ${what}`);
    await wait(10);
  }
}
