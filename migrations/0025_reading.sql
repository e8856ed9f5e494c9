CREATE TABLE "reading" (
	"account_id" text NOT NULL,
	"member_id" text NOT NULL,
	"digest_id" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "reading_member_id_digest_id_pk" PRIMARY KEY("member_id","digest_id")
);
--> statement-breakpoint
ALTER TABLE "reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "read_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reading" ADD CONSTRAINT "reading_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading" ADD CONSTRAINT "reading_account_id_member_id_member_account_id_id_fk" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading" ADD CONSTRAINT "reading_account_id_digest_id_digest_account_id_id_fk" FOREIGN KEY ("account_id","digest_id") REFERENCES "public"."digest"("account_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reading_by_digest" ON "reading" USING btree ("digest_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "reading" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "reading" TO vigil_app;
