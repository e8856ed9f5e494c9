/**
 * Statements written by hand: a template whose values travel beside the text, never in it. `sql` sends at once; `part`
 * makes a piece that other templates can hold.
 *
 * @example
 *   const newest = part`order by created_at desc limit ${limit}`;
 *   const rows = await sql<{ id: string }[]>`select id from event where site_id = ${siteId} ${newest}`;
 */
import { isDate } from "node:util/types";

/** What can be sent to PostgreSQL. Objects are sent as text: `${JSON.stringify(value)}::jsonb`. */
export type Value = Cell | bigint | readonly string[] | Part;
/** What a column of the common types comes back as. */
export type Cell = string | number | boolean | Date | Uint8Array | null;

/** A piece of a statement. */
export class Part {
  readonly strings: readonly string[];
  readonly values: readonly Value[];

  constructor(strings: readonly string[], values: readonly Value[]) {
    this.strings = strings;
    this.values = values;
  }
}

export function part(strings: TemplateStringsArray, ...values: readonly Value[]): Part {
  return new Part(strings, values);
}

/** Text that no value can stand in for, such as the name of a table. Whoever calls this vouches for the text. */
export function raw(text: string): Part {
  return new Part([text], []);
}

/** A statement as the server gets it: `$1` in the text stands for the first value. */
export type Rendered = { text: string; values: readonly unknown[] };

/** A piece that stands in several places is sent once. @throws TypeError when a value cannot be sent */
export function render(whole: Part): Rendered {
  const values: unknown[] = [];
  const texts = new Map<Part, string>();
  const append = (held: Part): string => {
    const text = texts.get(held) ?? textOf(held);
    texts.set(held, text);
    return text;
  };
  const textOf = ({ strings, values: inside }: Part): string =>
    strings.reduce((text, string, index) => {
      const value = inside[index - 1];
      if (value instanceof Part) return text + append(value) + string;
      values.push(value);
      return `${text}$${values.length}${string}`;
    });
  const text = append(whole);
  assertSendable(values);
  return { text, values };
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

/** Sends what the template says, and answers its rows. */
export type Queryable = <Rows extends readonly object[] = Record<string, Cell>[]>(
  strings: TemplateStringsArray,
  ...values: readonly Value[]
) => Promise<Rows>;

export function queryable(send: (statement: Rendered) => Promise<object[]>): Queryable {
  return async <Rows extends readonly object[]>(
    strings: TemplateStringsArray,
    ...values: readonly Value[]
  ): Promise<Rows> => {
    // PostgreSQL knows what the rows are, and whoever wrote the statement says so.
    const rows: unknown = await send(render(new Part(strings, values)));
    return rows as Rows;
  };
}
