/** What every tenant table shares: its account column and the row-level policy that fences it. */
import { sql } from "drizzle-orm";
import { type AnyPgColumn, customType, foreignKey, pgPolicy, pgRole, timestamp } from "drizzle-orm/pg-core";

/** The role of the API. It owns nothing and cannot bypass row-level security. */
const appRole = pgRole("vigil_app").existing();

/** The role of sign-in. It has rights on the tables of sign-in and on nothing else. */
const signInRole = pgRole("vigil_sign_in").existing();

/** Rows of sign-in: no account's, and for its own role alone. */
export function signInRows() {
  return pgPolicy("sign_in_rows", { to: signInRole, using: sql`true`, withCheck: sql`true` });
}

/** The account that the current transaction works for; null outside one, so that no row matches. */
const currentAccount = sql`current_setting('vigil.account_id', true)`;

/** Only rows of the current account can be read or written. The policy also switches row-level security on. */
export function ownRows(column = "account_id") {
  const own = sql`${sql.identifier(column)} = ${currentAccount}`;
  return pgPolicy("own_rows", { to: appRole, using: own, withCheck: own });
}

/**
 * A reference to a row of the same account. Checks of references see every row: one by id alone would let an account
 * refer to another's rows, which row-level security does not look at.
 * @param target a table with a unique index on account and id
 */
export function withinAccount(
  columns: [accountId: AnyPgColumn, id: AnyPgColumn],
  target: { accountId: AnyPgColumn; id: AnyPgColumn },
) {
  return foreignKey({ columns, foreignColumns: [target.accountId, target.id] });
}

/** An instant, in UTC, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** What full-text search looks up (https://www.postgresql.org/docs/current/textsearch.html). */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
