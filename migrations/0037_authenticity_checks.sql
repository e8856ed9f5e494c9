CREATE TABLE "authenticity_check" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"actor" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"points" integer NOT NULL,
	"label" text,
	"status" text,
	"sha256" "bytea",
	"bytes" integer,
	"verdict" jsonb
);
--> statement-breakpoint
ALTER TABLE "authenticity_check" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "authenticity_day" (
	"account_id" text NOT NULL,
	"date" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"checks" integer NOT NULL,
	"points" integer NOT NULL,
	CONSTRAINT "authenticity_day_account_id_date_kind_status_pk" PRIMARY KEY("account_id","date","kind","status")
);
--> statement-breakpoint
ALTER TABLE "authenticity_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "authenticity_check" ADD CONSTRAINT "authenticity_check_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authenticity_day" ADD CONSTRAINT "authenticity_day_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "authenticity_check_by_time" ON "authenticity_check" USING btree ("account_id","asked_at","points");--> statement-breakpoint
CREATE INDEX "authenticity_check_listed" ON "authenticity_check" USING btree ("account_id","id") WHERE status is not null;--> statement-breakpoint
CREATE INDEX "authenticity_check_by_status" ON "authenticity_check" USING btree ("account_id","status","id");--> statement-breakpoint
CREATE INDEX "authenticity_check_by_kind" ON "authenticity_check" USING btree ("account_id","kind","id") WHERE status is not null;--> statement-breakpoint
CREATE INDEX "authenticity_check_by_both" ON "authenticity_check" USING btree ("account_id","kind","status","id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "authenticity_check" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "authenticity_day" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "authenticity_check", "authenticity_day" TO vigil_app;
