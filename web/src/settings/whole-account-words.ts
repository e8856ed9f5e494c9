/** How much there is of an account, in words. */

import type { AccountExport } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { say } from "./say.ts";

const units = [say.bytes, "kB", "MB", "GB", "TB"];

/** 1,234,567 is `1.2 MB`. */
export function bytesWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })} ${units[unit]}`;
}

export function writtenWords({ state, rows, objects }: AccountExport): string {
  if (state === "waiting") return say.beginsSoon;
  return state === "ready" ? say.written(rows, objects) : say.writtenSoFar(rows, objects);
}
