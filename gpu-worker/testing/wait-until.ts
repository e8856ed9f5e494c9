/** For tests: waits for a condition, within a bound. */
import { setTimeout as wait } from "node:timers/promises";

export async function waitUntil(
  condition: () => boolean,
  options: { what: string; msMax?: number },
): Promise<void> {
  const deadline = Date.now() + (options.msMax ?? 180_000);
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited too long for ${options.what}`);
    await wait(5);
  }
}
