/** Structured logs on standard error, one JSON object a line; standard output is the terminal's. Keys and signed URLs never reach one. */
import { type Logger, pino } from "pino";

export type Log = Logger;

/** `write` takes each line; standard error does when it is absent. */
export function createLog(options: { level: string; write?: (line: string) => void }): Log {
  const destination = options.write ? { write: options.write } : pino.destination({ dest: 2, sync: false });
  return pino({ level: options.level, base: null }, destination);
}
