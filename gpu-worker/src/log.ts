/**
 * Structured logs on standard output, one JSON object a line.
 * No URL is ever logged: an evidence URL carries a signature.
 */
import { type Logger, pino } from "pino";

export type Log = Logger;

export function createLog(options: { level: string; workerId: string }): Log {
  return pino({ level: options.level, base: { workerId: options.workerId } });
}
