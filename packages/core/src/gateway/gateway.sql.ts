import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
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
