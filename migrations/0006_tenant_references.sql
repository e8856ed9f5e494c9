-- Every reference between rows of accounts names the account too: checks of references see every row, whoever asks.
ALTER TABLE "dead_letter" DROP CONSTRAINT "dead_letter_review_id_review_id_fk";
--> statement-breakpoint
ALTER TABLE "device" DROP CONSTRAINT "device_site_id_site_id_fk";
--> statement-breakpoint
ALTER TABLE "digest" DROP CONSTRAINT "digest_review_id_review_id_fk";
--> statement-breakpoint
ALTER TABLE "digest" DROP CONSTRAINT "digest_session_id_session_id_fk";
--> statement-breakpoint
ALTER TABLE "digest" DROP CONSTRAINT "digest_site_id_site_id_fk";
--> statement-breakpoint
ALTER TABLE "digest_part" DROP CONSTRAINT "digest_part_review_id_review_id_fk";
--> statement-breakpoint
ALTER TABLE "event" DROP CONSTRAINT "event_site_id_site_id_fk";
--> statement-breakpoint
ALTER TABLE "event" DROP CONSTRAINT "event_device_id_device_id_fk";
--> statement-breakpoint
ALTER TABLE "event" DROP CONSTRAINT "event_session_id_session_id_fk";
--> statement-breakpoint
ALTER TABLE "moment" DROP CONSTRAINT "moment_event_id_event_id_fk";
--> statement-breakpoint
ALTER TABLE "gateway" DROP CONSTRAINT "gateway_device_id_device_id_fk";
--> statement-breakpoint
ALTER TABLE "review" DROP CONSTRAINT "review_session_id_session_id_fk";
--> statement-breakpoint
ALTER TABLE "review_moment" DROP CONSTRAINT "review_moment_review_id_review_id_fk";
--> statement-breakpoint
ALTER TABLE "review_moment" DROP CONSTRAINT "review_moment_moment_id_moment_id_fk";
--> statement-breakpoint
ALTER TABLE "session" DROP CONSTRAINT "session_site_id_site_id_fk";
--> statement-breakpoint
DROP INDEX "device_by_account";
--> statement-breakpoint
DROP INDEX "event_by_account";
--> statement-breakpoint
DROP INDEX "moment_by_account";
--> statement-breakpoint
DROP INDEX "review_by_account";
--> statement-breakpoint
DROP INDEX "session_by_account";
--> statement-breakpoint
CREATE UNIQUE INDEX "member_by_account" ON "member" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "site_by_account" ON "site" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "device_by_account" ON "device" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "event_by_account" ON "event" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "moment_by_account" ON "moment" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "review_by_account" ON "review" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "session_by_account" ON "session" USING btree ("account_id","id");
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "device_id" text GENERATED ALWAYS AS (case when kind = 'device' then subject_id end) STORED;
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "member_id" text GENERATED ALWAYS AS (case when kind = 'member' then subject_id end) STORED;
--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_account_id_site_id_site_account_id_id_fk" FOREIGN KEY ("account_id","site_id") REFERENCES "public"."site"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_account_id_session_id_session_account_id_id_fk" FOREIGN KEY ("account_id","session_id") REFERENCES "public"."session"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_account_id_site_id_site_account_id_id_fk" FOREIGN KEY ("account_id","site_id") REFERENCES "public"."site"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "digest_part" ADD CONSTRAINT "digest_part_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_account_id_member_id_member_account_id_id_fk" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_account_id_site_id_site_account_id_id_fk" FOREIGN KEY ("account_id","site_id") REFERENCES "public"."site"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_account_id_session_id_session_account_id_id_fk" FOREIGN KEY ("account_id","session_id") REFERENCES "public"."session"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "moment" ADD CONSTRAINT "moment_account_id_event_id_event_account_id_id_fk" FOREIGN KEY ("account_id","event_id") REFERENCES "public"."event"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "gateway" ADD CONSTRAINT "gateway_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_member_id_member_account_id_id_fk" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quota_claim" ADD CONSTRAINT "quota_claim_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_account_id_session_id_session_account_id_id_fk" FOREIGN KEY ("account_id","session_id") REFERENCES "public"."session"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_moment" ADD CONSTRAINT "review_moment_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "review_moment" ADD CONSTRAINT "review_moment_account_id_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_site_id_site_account_id_id_fk" FOREIGN KEY ("account_id","site_id") REFERENCES "public"."site"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_merged_into_session_account_id_id_fk" FOREIGN KEY ("account_id","merged_into") REFERENCES "public"."session"("account_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Whoever works inside an account can make no key of somebody who belongs to none.
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_of_account" CHECK (kind in ('device', 'member') and account_id is not null or kind in ('worker', 'operator') and account_id is null);
--> statement-breakpoint
-- Heartbeats bring the workers back within seconds.
DELETE FROM "worker";
--> statement-breakpoint
ALTER TABLE "worker" ADD CONSTRAINT "worker_is_possible" CHECK (items_per_second between 0 and 100000 and items_per_second_capacity between 0 and 100000
      and batch_p50_ms between 0 and 2592000000 and batch_p95_ms between 0 and 2592000000 and in_flight between 0 and 100000);
