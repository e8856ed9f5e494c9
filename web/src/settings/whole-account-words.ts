/** How much there is of an account, in words. */
import type { AccountExport } from "../api/contract.ts";

const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** 1,234,567 is `1.2 MB`. */
export function bytesWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `12,800 rows` */
const amount = (what: string, many: number) =>
  `${many.toLocaleString("en-GB")} ${what}${many === 1 ? "" : "s"}`;

export function writtenWords({ state, rows, objects }: AccountExport): string {
  if (state === "waiting") return "It begins within a minute.";
  const much = `${amount("row", rows)} and ${amount("file", objects)}`;
  return state === "ready" ? `${much}.` : `${much} until now…`;
}
