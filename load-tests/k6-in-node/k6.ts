/** Stands for the module `k6`: `check`. */
import { rate } from "./measurements.ts";

export function check<T>(value: T, conditions: Record<string, (value: T) => boolean>): boolean {
  const checks = rate("checks");
  let passed = true;
  for (const [name, holds] of Object.entries(conditions)) {
    const ok = holds(value);
    checks.total += 1;
    checks.passes += Number(ok);
    if (!ok) process.stderr.write(`check failed: ${name}\n`);
    passed &&= ok;
  }
  return passed;
}
