/**
 * Statements written by hand: a template whose values travel beside the text, never in it. A statement put into another
 * one becomes a part of it; one that is awaited is sent.
 *
 * @example
 *   const newest = sql`order by created_at desc limit ${limit}`;
 *   const rows = await sql<{ id: string }[]>`select id from event where site_id = ${siteId} ${newest}`;
 */
import { isDate } from "node:util/types";

/** What can be sent to PostgreSQL. Objects are sent as text: `${JSON.stringify(value)}::jsonb`. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | readonly string[]
  | Statement<unknown>;

/** What a column of the common types comes back as. */
export type Cell = string | number | boolean | Date | Uint8Array | null;

/** A statement as the server gets it: `$1` in the text stands for the first value. */
export type Rendered = { text: string; values: readonly unknown[] };

export type Send = (rendered: Rendered) => Promise<object[]>;

export class Statement<Rows> implements PromiseLike<Rows> {
  readonly #strings: readonly string[];
  readonly #values: readonly Value[];
  readonly #send: Send;
  #answer: Promise<object[]> | undefined;

  constructor(strings: readonly string[], values: readonly Value[], send: Send) {
    this.#strings = strings;
    this.#values = values;
    this.#send = send;
  }

  /** @throws TypeError when a value cannot be sent */
  render(): Rendered {
    const values: unknown[] = [];
    const text = this.#append(values);
    assertSendable(values);
    return { text, values };
  }

  #append(values: unknown[]): string {
    return this.#strings.reduce((text, string, index) => {
      const value = this.#values[index - 1];
      if (value instanceof Statement) return text + value.#append(values) + string;
      values.push(value);
      return `${text}$${values.length}${string}`;
    });
  }

  /** Sends it, once however often it is awaited. */
  // biome-ignore lint: a statement is awaited like a promise, and sent only then
  then<Result = Rows, Failure = never>(
    onRows?: ((rows: Rows) => Result | PromiseLike<Result>) | null,
    onError?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    this.#answer ??= (async () => this.#send(this.render()))();
    return (this.#answer as Promise<unknown> as Promise<Rows>).then(onRows, onError);
  }
}

/**
 * What the driver would send as null, or as a date that is none, stops here: before a connection is taken, and before
 * anything of it is on its way.
 * @throws TypeError that names the place of the value
 */
export function assertSendable(values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) {
    if (value === undefined) throw new TypeError(`expected a value for $${index + 1}, got undefined`);
    if (isDate(value) && Number.isNaN(value.getTime())) {
      throw new TypeError(`expected a date for $${index + 1}, got an invalid one`);
    }
  }
}

export interface Queryable {
  <Rows extends readonly object[] = Record<string, Cell>[]>(
    strings: TemplateStringsArray,
    ...values: readonly Value[]
  ): Statement<Rows>;
  /** Text that no value can stand in for, such as the name of a table. Whoever calls this vouches for the text. */
  raw(text: string): Statement<Record<string, Cell>[]>;
}

export function queryable(send: Send): Queryable {
  const sql = <Rows extends readonly object[]>(strings: TemplateStringsArray, ...values: readonly Value[]) =>
    new Statement<Rows>(strings, values, send);
  return Object.assign(sql, {
    raw: (text: string) => new Statement<Record<string, Cell>[]>([text], [], send),
  });
}
