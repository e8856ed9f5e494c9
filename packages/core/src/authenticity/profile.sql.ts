import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { moment } from "../evidence/evidence.sql.ts";
import type { DeviceProfile } from "./profile.ts";
import type { Capture } from "./wire.ts";

/** What the pictures of a device have in common, as far as workers have looked at them. */
export const deviceProfile = pgTable(
  "device_profile",
  {
    deviceId: text("device_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** A few kilobytes at most (profile.ts). */
    profile: jsonb("profile").$type<DeviceProfile>().notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    index("device_profile_by_account").on(table.accountId, table.deviceId),
  ],
);

/** What was said of a picture's file when a worker first looked at it. */
export const momentCapture = pgTable(
  "moment_capture",
  {
    momentId: text("moment_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    capture: jsonb("capture").$type<Capture>().notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.momentId], moment),
    index("moment_capture_by_account").on(table.accountId, table.momentId),
  ],
);
