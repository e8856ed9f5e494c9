import { sql } from "drizzle-orm";
import { boolean, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import type { Language } from "../language/wire.ts";
import type { Level } from "../level.ts";
import { member } from "../member/member.sql.ts";
import type { EndpointState, EndpointType, Filter, WantedKind } from "./wire.ts";

/** Where an account is told. A row of an endpoint that was removed stays, without its target, for its deliveries. */
export const endpoint = pgTable(
  "endpoint",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** Who made it: a member. */
    memberId: text("member_id").notNull(),
    type: text("type").$type<EndpointType>().notNull(),
    name: text("name").notNull(),
    /** The URL, the address, or the push subscription as JSON; sealed, because each is a capability or personal. */
    targetSealed: text("target_sealed").notNull(),
    /** A hash of the target: the same address is one endpoint of an account. */
    targetHash: text("target_hash").notNull(),
    /** A webhook's signing secret, sealed. */
    secretSealed: text("secret_sealed"),
    /** The secret before the last rotation, which signs beside the new one until then. */
    secretBeforeSealed: text("secret_before_sealed"),
    secretBeforeUntil: instant("secret_before_until"),
    state: text("state").$type<EndpointState | "removed">().notNull(),
    disabledReason: text("disabled_reason"),
    failingSince: instant("failing_since"),
    levelFrom: text("level_from").$type<Level>().notNull(),
    siteIds: text("site_ids").array(),
    kinds: text("kinds").array().$type<WantedKind[]>().notNull(),
    quietHours: text("quiet_hours").$type<Filter["quietHours"]>().notNull(),
    /** Whether pictures in e-mails show what was detected. */
    boxes: boolean("boxes").notNull(),
    /** In which whoever reads it is told. */
    language: text("language").$type<Language>().notNull().default("en"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.memberId], member),
    // What refers to an endpoint names its account too, so that no reference crosses the border.
    unique("endpoint_of_account").on(table.accountId, table.id),
    uniqueIndex("endpoint_once_per_target")
      .on(table.accountId, table.type, table.targetHash)
      .where(sql`state <> 'removed'`),
  ],
);
