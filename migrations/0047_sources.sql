CREATE TABLE "source" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"reasons" jsonb NOT NULL,
	"items_per_run" integer,
	"items_per_day" integer,
	"overruled_by" text,
	"overruled_reason" text,
	"overruled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "source_of_account" UNIQUE("account_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "gate" text;--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "source_by_account" ON "source" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "run_by_source" ON "run" USING btree ("account_id","source","created_at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "source" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON source TO vigil_app;
