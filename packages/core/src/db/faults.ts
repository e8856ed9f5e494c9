/**
 * What the database's faults mean for who asked. A connection that dies, a server that stops or a lock that is not to be
 * had is no defect of ours: it is answered with 503 and a time to come back, and never with 500.
 */
import { DrizzleQueryError } from "drizzle-orm/errors";
import { DatabaseError } from "pg";
import { Problem, problem } from "../problem.ts";

const retryAfterSeconds = 2;
/** Migrations take their time. */
const upgradeSeconds = 30;

/** The connection died, or none could be made. What was sent on it may have been done, unless it was never committed. */
export class ConnectionLost extends Problem {
  /** Whether the same may be tried once more at once, on another connection. */
  readonly isRetryable: boolean;

  constructor(cause: unknown, { isRetryable }: { isRetryable: boolean }) {
    super("unavailable", "the database does not answer; try again", { retryAfterSeconds, cause });
    this.isRetryable = isRetryable;
  }
}

/**
 * A table, a column or a function is not there: this release came before its tables, or a deployment stopped half-way. It passes
 * when the migrations have run, and whoever runs Vigil must hear of it.
 */
function tablesDiffer(cause: DatabaseError): Problem {
  const detail = `the database is not the one of this release yet (${cause.message}); try again`;
  return problem("unavailable", detail, {
    retryAfterSeconds: upgradeSeconds,
    cause,
    concernsOperator: true,
  });
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const codes = {
  /** The server ends the session: administrator, crash, starting up, idle for too long. Class 08 is the connection itself. */
  lost: new Set(["57P01", "57P02", "57P03", "57P05", "25P03"]),
  /** Undefined table, column, function, schema. */
  differs: new Set(["42P01", "42703", "42883", "3F000"]),
  /** Statement or lock timed out, deadlock, no connection or memory left. */
  busy: new Set(["57014", "55P03", "40P01", "40001", "53000", "53100", "53200", "53300"]),
};

/** Drizzle tells the statement and its parameters in what it throws: neither belongs into an answer or a log. */
export function unwrap(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}

/** What is to be thrown for what the driver threw. Whatever does not come from the server is the connection's fault. */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return new ConnectionLost(error, { isRetryable: true });
  const code = error.code ?? "";
  if (code.startsWith("08") || codes.lost.has(code)) return new ConnectionLost(error, { isRetryable: true });
  if (codes.differs.has(code)) return tablesDiffer(error);
  if (codes.busy.has(code)) {
    return problem("overloaded", `the database is too busy (${error.message}); try again`, {
      retryAfterSeconds,
      cause: error,
    });
  }
  return error;
}

/** Runs it once more when its connection died. For what may be done twice, or was not done at all. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectionLost && error.isRetryable) return work();
    throw error;
  }
}
