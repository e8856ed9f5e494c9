/**
 * What functions log, one JSON object a line. Errors are told by what they are and where; never by the data that a statement
 * was given, which the database and its libraries put into their messages.
 */
import { type DestinationStream, type Level, type Logger, pino } from "pino";

export function createLog(level: Level | "silent", destination?: DestinationStream): Logger {
  const settings = { level, base: null, serializers: { err: describeError } };
  return destination ? pino(settings, destination) : pino(settings);
}

type Described = { type: string; message: string; stack?: string; cause?: Described } & Record<
  string,
  unknown
>;

/** Of a database's error: its SQLSTATE, and what it is about. Its `detail` and `where` quote rows. */
const safeFields = ["code", "severity", "routine", "schema", "table", "column", "constraint"];

/** Causes of causes of causes are enough. */
const depthMax = 5;

function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const message = messageOf(error);
  const fields = Object.fromEntries(
    safeFields.flatMap((name) => {
      const value: unknown = Reflect.get(error, name);
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
  return {
    type: error.name,
    message,
    ...fields,
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
    ...(error.cause === undefined || depth >= depthMax
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Drizzle appends the parameters of a query; SQLSTATE class 22, data exceptions, quotes what could not be read. */
function messageOf(error: Error): string {
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && /^22[0-9A-Z]{3}$/.test(code)) return `SQLSTATE ${code}`;
  return error.message.split("\nparams: ", 1)[0] ?? "";
}

/** A stack begins with the message: only the frames after it are kept. */
function framesOf(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
