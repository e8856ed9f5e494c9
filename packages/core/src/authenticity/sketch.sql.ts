import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { moment } from "../evidence/evidence.sql.ts";
import type { Unrepeatable } from "./wire.ts";

/**
 * What a picture that a worker looked at repeats, and by what others are compared with it. What shows anything of the
 * picture is forgotten after 30 days; the verdict stays.
 */
export const momentSketch = pgTable(
  "moment_sketch",
  {
    momentId: text("moment_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    deviceId: text("device_id").notNull(),
    capturedAt: instant("captured_at").notNull(),
    /** Null: forgotten. */
    cells: bytea("cells"),
    /** What moved in it (sketch.ts); null: nothing that could be known again, or forgotten. */
    motion: bytea("motion"),
    /** Of one picture of each report: what was before the camera while its pictures were taken. */
    backdrop: bytea("backdrop"),
    /** The moment that holds the backdrop that `motion` is told from. */
    backdropIn: text("backdrop_in"),
    status: text("status").$type<"repeat" | "none-found" | "cannot-tell">().notNull(),
    why: text("why").$type<Unrepeatable>(),
    repeatOf: text("repeat_of"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.momentId], moment),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.repeatOf], moment),
    index("moment_sketch_by_device").on(table.accountId, table.deviceId, table.capturedAt),
    // Erasing a moment looks for what refers to it.
    index("moment_sketch_repeats").on(table.accountId, table.repeatOf).where(sql`repeat_of is not null`),
    index("moment_sketch_kept").on(table.capturedAt).where(sql`cells is not null`),
  ],
);
