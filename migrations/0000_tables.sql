CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tier" text NOT NULL,
	"time_zone" text NOT NULL,
	"quota_stretched" jsonb,
	"bucket_tokens" double precision,
	"bucket_at" timestamp (3) with time zone,
	"quiet_from_minute" integer,
	"quiet_until_minute" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dismissal" (
	"account_id" text NOT NULL,
	"type" text NOT NULL,
	"zone" text NOT NULL,
	"count" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dismissal_account_id_type_zone_pk" PRIMARY KEY("account_id","type","zone")
);
--> statement-breakpoint
ALTER TABLE "dismissal" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"part" integer NOT NULL,
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"died_at" timestamp (3) with time zone NOT NULL,
	"redriven_at" timestamp (3) with time zone,
	CONSTRAINT "dead_letter_review_id_part_pk" PRIMARY KEY("review_id","part")
);
--> statement-breakpoint
ALTER TABLE "dead_letter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "device" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"site_id" text NOT NULL,
	"name" text NOT NULL,
	"zone" text,
	"skew" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "device" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "digest" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"session_id" text NOT NULL,
	"site_id" text NOT NULL,
	"level" text NOT NULL,
	"title" text NOT NULL,
	"summary" jsonb NOT NULL,
	"timeline" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"reasons" jsonb NOT NULL,
	"recommendation" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"quiet_until" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "digest" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "digest_part" (
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"part" integer NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"report" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digest_part_review_id_part_pk" PRIMARY KEY("review_id","part")
);
--> statement-breakpoint
ALTER TABLE "digest_part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"site_id" text NOT NULL,
	"device_id" text NOT NULL,
	"session_id" text NOT NULL,
	"client_id" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"type" text NOT NULL,
	"zone" text,
	"mode" text,
	"confidence" real,
	"attributes" jsonb NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"sealed_at" timestamp (3) with time zone,
	"follow_up_at" timestamp (3) with time zone,
	"dismissed_at" timestamp (3) with time zone,
	"assessment" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "moment" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"event_id" text NOT NULL,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"captured_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "moment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency" (
	"account_id" text NOT NULL,
	"principal" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"status" integer,
	"body" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"locked_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_account_id_principal_key_pk" PRIMARY KEY("account_id","principal","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"part" integer NOT NULL,
	"queue" text NOT NULL,
	"urgency" integer NOT NULL,
	"moments" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"admitted_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"sends" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quota_claim" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"basis" text NOT NULL,
	"state" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "quota_claim" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"session_id" text NOT NULL,
	"state" text NOT NULL,
	"origin" text NOT NULL,
	"queue" text NOT NULL,
	"k" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "review" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review_moment" (
	"account_id" text NOT NULL,
	"review_id" text NOT NULL,
	"moment_id" text NOT NULL,
	"part" integer,
	CONSTRAINT "review_moment_review_id_moment_id_pk" PRIMARY KEY("review_id","moment_id")
);
--> statement-breakpoint
ALTER TABLE "review_moment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"site_id" text NOT NULL,
	"state" text NOT NULL,
	"first_event_at" timestamp (3) with time zone NOT NULL,
	"last_event_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_received_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"level_rank" integer NOT NULL,
	"score" real NOT NULL,
	"assessment" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "site" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"sessions_opened" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "site" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "subscription" (
	"account_id" text NOT NULL,
	"id" text NOT NULL,
	"tier" text NOT NULL,
	"status" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscription_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "subscription" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "subscription_event" (
	"account_id" text NOT NULL,
	"id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscription_event_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "subscription_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "system_state" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "system_state" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"model" jsonb NOT NULL,
	"provider" text NOT NULL,
	"items_per_second" double precision NOT NULL,
	"items_per_second_capacity" double precision NOT NULL,
	"batch_p50_ms" double precision NOT NULL,
	"batch_p95_ms" double precision NOT NULL,
	"in_flight" integer NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "worker" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dismissal" ADD CONSTRAINT "dismissal_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_part" ADD CONSTRAINT "digest_part_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_part" ADD CONSTRAINT "digest_part_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment" ADD CONSTRAINT "moment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment" ADD CONSTRAINT "moment_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_claim" ADD CONSTRAINT "quota_claim_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_moment" ADD CONSTRAINT "review_moment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_moment" ADD CONSTRAINT "review_moment_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_moment" ADD CONSTRAINT "review_moment_moment_id_moment_id_fk" FOREIGN KEY ("moment_id") REFERENCES "public"."moment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site" ADD CONSTRAINT "site_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_event" ADD CONSTRAINT "subscription_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_by_account" ON "audit" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dead_letter_open" ON "dead_letter" USING btree ("died_at","review_id","part") WHERE redriven_at is null;--> statement-breakpoint
CREATE INDEX "device_by_account" ON "device" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "digest_once_per_review" ON "digest" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "digest_by_account" ON "digest" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "digest_by_session" ON "digest" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_once_per_device" ON "event" USING btree ("device_id","client_id");--> statement-breakpoint
CREATE INDEX "event_by_account" ON "event" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "event_by_session" ON "event" USING btree ("session_id","occurred_at");--> statement-breakpoint
CREATE INDEX "event_by_site_and_time" ON "event" USING btree ("site_id","occurred_at");--> statement-breakpoint
CREATE INDEX "event_to_follow_up" ON "event" USING btree ("follow_up_at") WHERE follow_up_at is not null;--> statement-breakpoint
CREATE INDEX "event_dismissed" ON "event" USING btree ("account_id") WHERE dismissed_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "moment_once_per_event" ON "moment" USING btree ("event_id","name");--> statement-breakpoint
CREATE INDEX "moment_by_account" ON "moment" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "idempotency_by_time" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_hash" ON "api_key" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_key_by_subject" ON "api_key" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_once_per_part" ON "outbox" USING btree ("review_id","part");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("account_id","queue","urgency" DESC NULLS LAST,"created_at") WHERE sent_at is null and settled_at is null;--> statement-breakpoint
CREATE INDEX "outbox_unsettled" ON "outbox" USING btree ("queue","created_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "outbox_under_way" ON "outbox" USING btree ("account_id","queue") WHERE settled_at is null and admitted_at is not null;--> statement-breakpoint
CREATE INDEX "outbox_admitted" ON "outbox" USING btree ("account_id","admitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "quota_claim_once_per_review" ON "quota_claim" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "quota_claim_by_account_and_time" ON "quota_claim" USING btree ("account_id","claimed_at");--> statement-breakpoint
CREATE INDEX "review_by_account" ON "review" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "review_once_per_session" ON "review" USING btree ("session_id") WHERE state in ('queued', 'running', 'completed');--> statement-breakpoint
CREATE INDEX "review_moment_deferred" ON "review_moment" USING btree ("review_id") WHERE part is null;--> statement-breakpoint
CREATE INDEX "session_by_account" ON "session" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "session_by_account_and_time" ON "session" USING btree ("account_id","first_event_at");--> statement-breakpoint
CREATE INDEX "session_by_site_and_time" ON "session" USING btree ("site_id","last_event_at");--> statement-breakpoint
CREATE INDEX "session_due" ON "session" USING btree ("closes_at") WHERE state = 'open';--> statement-breakpoint
CREATE POLICY "own_rows" ON "account" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("id" = current_setting('vigil.account_id', true)) WITH CHECK ("id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "dismissal" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "audit" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "dead_letter" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "device" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "digest" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "digest_part" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "event" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "moment" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "idempotency" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "api_key" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "member" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "outbox" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "quota_claim" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "review" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "review_moment" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "session" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "site" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "subscription" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "subscription_event" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));