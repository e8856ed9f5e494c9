import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { apiKey } from "../key/key.sql.ts";
import type { EnrolmentState } from "./state.ts";
import type { EnrolmentKind } from "./wire.ts";

/**
 * Devices that ask to be let in. One that waits is nobody's: no account sees its row, which is reached through the functions
 * that cross the border. Once an account has let it in, the row is that account's.
 */
export const enrolment = pgTable(
  "enrolment",
  {
    id: text("id").primaryKey(),
    /** Null until an account has let it in. */
    accountId: text("account_id").references(() => account.id),
    deviceId: text("device_id"),
    /** The key that it was given last. */
    keyId: text("key_id"),
    /** SHA-256 of the device's code, which is shown once and never stored. */
    deviceCodeHash: bytea("device_code_hash").notNull(),
    userCode: text("user_code").notNull(),
    state: text("state").$type<EnrolmentState>().notNull(),
    name: text("name").notNull(),
    kind: text("kind").$type<EnrolmentKind>().notNull(),
    askedAt: instant("asked_at").notNull(),
    /** It is forgotten some time after. */
    expiresAt: instant("expires_at").notNull(),
    /** When the device asked for its key last. */
    polledAt: instant("polled_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.keyId], apiKey),
    uniqueIndex("enrolment_device_code").on(table.deviceCodeHash),
    uniqueIndex("enrolment_user_code").on(table.userCode),
    index("enrolment_by_end").on(table.expiresAt),
    index("enrolment_by_account").on(table.accountId),
  ],
);

/** Codes that an account's members typed and no device had: counted, so that nobody finds one by trying. */
export const enrolmentGuess = pgTable(
  "enrolment_guess",
  {
    accountId: text("account_id")
      .primaryKey()
      .references(() => account.id),
    wrong: integer("wrong").notNull(),
    /** When the first of them was typed. */
    since: instant("since").notNull(),
  },
  () => [ownRows()],
);
