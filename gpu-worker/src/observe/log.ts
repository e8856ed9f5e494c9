/**
 * Structured logs on standard output, one JSON object a line.
 * No URL is ever logged: an evidence URL carries a signature.
 */
import { type Logger, pino } from "pino";

export type Log = Logger;

/** `write` takes each line; standard output does when it is absent. */
export function createLog(options: { level: string; workerId: string; write?: (line: string) => void }): Log {
  const settings = { level: options.level, base: { workerId: options.workerId } };
  return options.write ? pino(settings, { write: options.write }) : pino(settings);
}
