import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import type { SignatureStatus } from "../authenticity/wire.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { moment } from "../evidence/evidence.sql.ts";
import type { GatewayReport } from "./wire.ts";

/** The latest report of each device that is a gateway. */
export const gateway = pgTable(
  "gateway",
  {
    deviceId: text("device_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    report: jsonb("report").$type<GatewayReport>().notNull(),
    reportedAt: instant("reported_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    index("gateway_by_account").on(table.accountId),
  ],
);

/** Keys that gateways sign evidence with, as they told them; of each gateway the latest few. */
export const gatewayKey = pgTable(
  "gateway_key",
  {
    deviceId: text("device_id").notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** Names it (signed-text.ts). */
    id: text("id").notNull(),
    publicKey: bytea("public_key").notNull(),
    toldAt: instant("told_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    primaryKey({ columns: [table.deviceId, table.id] }),
    index("gateway_key_by_account").on(table.accountId, table.deviceId),
  ],
);

/** What became of the signature that a gateway sent with a piece of evidence: it is verified once, when it comes. */
export const momentSignature = pgTable(
  "moment_signature",
  {
    momentId: text("moment_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    signedBy: text("signed_by").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    /** As the gateway's clock had it. */
    signedAt: instant("signed_at").notNull(),
    status: text("status").$type<SignatureStatus>().notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.momentId], moment),
    index("moment_signature_by_account").on(table.accountId, table.momentId),
  ],
);
