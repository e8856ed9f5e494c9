CREATE TABLE "gateway_key" (
	"device_id" text NOT NULL,
	"account_id" text NOT NULL,
	"id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "gateway_key_device_id_id_pk" PRIMARY KEY("device_id","id")
);
--> statement-breakpoint
ALTER TABLE "gateway_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "moment_signature" (
	"moment_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"signed_by" text NOT NULL,
	"sequence" bigint NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "moment_signature" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_signature" ADD CONSTRAINT "moment_signature_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_signature" ADD CONSTRAINT "moment_signature_account_id_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gateway_key_by_account" ON "gateway_key" USING btree ("account_id","device_id");--> statement-breakpoint
CREATE INDEX "moment_signature_by_account" ON "moment_signature" USING btree ("account_id","moment_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "gateway_key" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "moment_signature" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON gateway_key TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON moment_signature TO vigil_app;
