/** Which part of a file a browser asks for (RFC 9110, 14): one range of bytes. Several, and what is none, are the whole file. */

export type Range = { start: number /** Inclusive. */; end: number };

export function readRange(header: string | undefined, bytes: number): Range | "whole" | "unsatisfiable" {
  const [isRange, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (isRange === undefined || (first === "" && last === "")) return "whole";
  if (first === "") {
    const wanted = Math.min(Number(last), bytes);
    return wanted === 0 ? "unsatisfiable" : { start: bytes - wanted, end: bytes - 1 };
  }
  const [start, end] = [Number(first), last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1)];
  if (last !== "" && Number(last) < start) return "whole";
  return start >= bytes ? "unsatisfiable" : { start, end };
}
