/** Inputs that are kept: those that reached code which no other reached, and every one that was a fault. A line each, in base64. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Of the file of one target, as it lies there. */
const fileBytesMax = 8_000;
const inputBytesMax = 1_500;

const fileOf = (target: string) => new URL(`corpus/${target}.txt`, import.meta.url);

const linesOf = (target: string): string[] =>
  existsSync(fileOf(target)) ? readFileSync(fileOf(target), "utf8").split("\n").filter(Boolean) : [];

export const readCorpus = (target: string): Buffer[] =>
  linesOf(target).map((line) => Buffer.from(line, "base64"));

const write = (target: string, lines: Iterable<string>) =>
  writeFileSync(fileOf(target), `${[...new Set(lines)].join("\n")}\n`);

/** However long it is. */
export function keepFault(target: string, input: Buffer): void {
  write(target, [input.toString("base64"), ...linesOf(target)]);
}

/** The shortest first, as many as the file has room for. */
export function keepFound(target: string, found: readonly Buffer[]): void {
  const lines = linesOf(target);
  let bytes = lines.reduce((sum, { length }) => sum + length + 1, 0);
  for (const input of found.toSorted((a, b) => a.length - b.length)) {
    const line = input.toString("base64");
    if (input.length === 0 || input.length > inputBytesMax || bytes + line.length > fileBytesMax) continue;
    lines.push(line);
    bytes += line.length + 1;
  }
  if (lines.length > 0) write(target, lines);
}
