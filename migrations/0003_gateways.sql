CREATE TABLE "gateway" (
	"device_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"report" jsonb NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "gateway" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "gateway" ADD CONSTRAINT "gateway_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway" ADD CONSTRAINT "gateway_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "own_rows" ON "gateway" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "gateway" TO vigil_app;
