/** Every table, for drizzle-kit and for queries that join. */
export * from "../account/account.sql.ts";
export * from "../assessment/dismissal.sql.ts";
export * from "../audit/audit.sql.ts";
export * from "../device/device.sql.ts";
export * from "../digest/digest.sql.ts";
export * from "../event/event.sql.ts";
export * from "../evidence/evidence.sql.ts";
export * from "../idempotency/idempotency.sql.ts";
export * from "../key/key.sql.ts";
export * from "../member/member.sql.ts";
export * from "../outbox/outbox.sql.ts";
export * from "../quota/claim.sql.ts";
export * from "../review/review.sql.ts";
export * from "../session/session.sql.ts";
export * from "../site/site.sql.ts";
export * from "../system/system.sql.ts";
export * from "../worker/worker.sql.ts";
