import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { member } from "../member/member.sql.ts";

export const keyKinds = ["device", "member", "worker", "operator"] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Keys of every kind. Those of workers and operators belong to no account, so no account can see them. */
export const apiKey = pgTable(
  "api_key",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").references(() => account.id),
    kind: text("kind").$type<KeyKind>().notNull(),
    /** The device or member whose key it is; for workers and operators a name. */
    subjectId: text("subject_id").notNull(),
    /** The subject once more, where it is a row of the account: so that it is one of this account. */
    deviceId: text("device_id").generatedAlwaysAs(sql`case when kind = 'device' then subject_id end`),
    memberId: text("member_id").generatedAlwaysAs(sql`case when kind = 'member' then subject_id end`),
    /** SHA-256 of the key: the key itself is shown once and never stored. */
    hash: bytea("hash").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
    /** What its member calls it. */
    name: text("name"),
    /** A member's key ends by itself; that of a device, once another has taken its place. */
    expiresAt: instant("expires_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.memberId], member),
    // Whoever works inside an account can make no key of somebody who belongs to none.
    check(
      "api_key_of_account",
      sql`kind in ('device', 'member') and account_id is not null or kind in ('worker', 'operator') and account_id is null`,
    ),
    check("api_key_expires", sql`expires_at is null or kind in ('member', 'device')`),
    uniqueIndex("api_key_hash").on(table.hash),
    uniqueIndex("api_key_by_account").on(table.accountId, table.id),
    index("api_key_by_subject").on(table.subjectId),
  ],
);
