CREATE TABLE "device_profile" (
	"device_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"profile" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "device_profile" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "moment_capture" (
	"moment_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"capture" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "moment_capture" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "device_profile" ADD CONSTRAINT "device_profile_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_profile" ADD CONSTRAINT "device_profile_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_capture" ADD CONSTRAINT "moment_capture_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_capture" ADD CONSTRAINT "moment_capture_account_id_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_profile_by_account" ON "device_profile" USING btree ("account_id","device_id");--> statement-breakpoint
CREATE INDEX "moment_capture_by_account" ON "moment_capture" USING btree ("account_id","moment_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "device_profile" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "moment_capture" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON device_profile TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON moment_capture TO vigil_app;
