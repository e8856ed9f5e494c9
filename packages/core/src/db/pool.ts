/**
 * Connections to PostgreSQL, and what is sent on them. Every wait has a bound, and a connection that has failed is never
 * used again.
 */
import { Pool, type PoolClient, type QueryConfig, type QueryResult } from "pg";
import { database as limits } from "../limits.ts";
import { ConnectionLost, faultOf, unwrap } from "./faults.ts";
import { assertSendable, type Queryable, queryable, type Rendered } from "./statement.ts";

export type { Pool } from "pg";
export type Connection = PoolClient;

/** @param options.answerMsMax a connection on which no answer came for this long is dead; 0: it may take for ever */
export function openPool(
  url: string,
  options: { connectionsMax: number; connectMsMax: number; answerMsMax: number },
): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: "vigil",
    max: options.connectionsMax,
    // Statements of one transaction that do not need each other's answer travel together.
    pipeline: true,
    keepAlive: true,
    idleTimeoutMillis: limits.idleMsMax,
    connectionTimeoutMillis: options.connectMsMax,
    query_timeout: options.answerMsMax,
  });
  // Whoever waits for an answer is told by a rejection; a connection that nobody uses is dropped by the pool.
  pool.on("error", () => undefined);
  pool.on("connect", (connection) => connection.on("error", () => undefined));
  return pool;
}

/** The longest texts are a few kilobytes, and there are some hundred of them: templates are written by hand. */
const names = new Map<string, string>();
const namesMax = 1_000;

/** Each text is prepared once a connection. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= namesMax) return known;
  const name = `vigil_${names.size}`;
  names.set(text, name);
  return name;
}

/** Puts a statement on its way at once: what is sent without waiting for the answer before it goes out with it. */
async function send(connection: Connection, { text, values }: Rendered): Promise<object[]> {
  const name = values.length > 0 ? nameOf(text) : undefined;
  try {
    const answer = await connection.query<object>({
      text,
      values: [...values],
      ...(name === undefined ? {} : { name }),
    });
    return answer.rows;
  } catch (error) {
    throw faultOf(error);
  }
}

async function checkOut(pool: Pool): Promise<Connection> {
  try {
    return await pool.connect();
  } catch (cause) {
    const fault = faultOf(cause);
    // A server that cannot be reached now cannot be reached a moment later either.
    throw fault instanceof ConnectionLost ? new ConnectionLost(cause, { isRetryable: false }) : fault;
  }
}

/** Lends a connection. One on which anything but the statement itself went wrong is thrown away. */
export async function withConnection<T>(
  pool: Pool,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await checkOut(pool);
  let failure: unknown;
  try {
    return await work(connection);
  } catch (error) {
    failure = unwrap(error);
    throw failure;
  } finally {
    connection.release(failure instanceof ConnectionLost);
  }
}

/** One statement, in a transaction of its own. */
export function sendAlone(pool: Pool, statement: Rendered): Promise<object[]> {
  return withConnection(pool, (connection) => send(connection, statement));
}

/**
 * Runs `work` in one transaction that `opening` stands at the beginning of.
 * @throws ConnectionLost that may be tried once more, unless the commit had been sent
 */
export function inTransaction<T>(
  pool: Pool,
  opening: readonly Rendered[],
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withConnection(pool, async (connection) => {
    let result: T;
    try {
      await sendTogether(connection, [{ text: "begin", values: [] }, ...opening]);
      result = await work(connection);
    } catch (error) {
      await rollBack(connection, unwrap(error));
      throw error;
    }
    await commit(connection);
    return result;
  });
}

/** Sends statements in one go. @returns the rows of each; what failed first is thrown once all are answered */
export async function sendTogether(
  connection: Connection,
  statements: readonly Rendered[],
): Promise<object[][]> {
  const { stream } = connection.connection;
  // One packet instead of one for each.
  stream.cork();
  const answers = Promise.allSettled(statements.map((statement) => send(connection, statement)));
  stream.uncork();
  const outcomes = await answers;
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  return outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
}

/** @throws ConnectionLost when even that fails, so that nobody gets a connection with a transaction left open */
async function rollBack(connection: Connection, reason: unknown): Promise<void> {
  if (reason instanceof ConnectionLost) return;
  await send(connection, { text: "rollback", values: [] });
}

async function commit(connection: Connection): Promise<void> {
  let answer: QueryResult;
  try {
    answer = await connection.query("commit");
  } catch (error) {
    const fault = faultOf(error);
    // Whether it was done, only the database knows.
    throw fault instanceof ConnectionLost ? new ConnectionLost(fault.cause, { isRetryable: false }) : fault;
  }
  if (answer.command !== "COMMIT") {
    throw new Error(
      "a statement of the transaction failed and its error was not passed on: nothing was committed",
    );
  }
}

/** A connection whose values are looked at before they are sent, for libraries that send by themselves. */
export function checked(connection: Connection): Connection {
  const query = async (config: QueryConfig, values: readonly unknown[] = []) => {
    assertSendable(values);
    try {
      return await connection.query(config, [...values]);
    } catch (error) {
      throw faultOf(error);
    }
  };
  return Object.create(connection, { query: { value: query } });
}

/** Statements on one connection. */
export function queryableOn(connection: Connection): Queryable {
  return queryable((statement) => send(connection, statement));
}
