CREATE TABLE "share" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"digest_id" text NOT NULL,
	"member_id" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"openings" integer DEFAULT 0 NOT NULL,
	"last_opened_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "share" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "digest_by_account";--> statement-breakpoint
CREATE UNIQUE INDEX "digest_by_account" ON "digest" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_account_id_digest_id_digest_account_id_id_fk" FOREIGN KEY ("account_id","digest_id") REFERENCES "public"."digest"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_account_id_member_id_member_account_id_id_fk" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "share_by_token" ON "share" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "share_by_account" ON "share" USING btree ("account_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "share_by_digest" ON "share" USING btree ("digest_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "share" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON share TO vigil_app;
--> statement-breakpoint

-- Whose link is this? Whether it is still open is judged inside the account.
CREATE FUNCTION account_of_share(p_hash bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.account_id FROM share s WHERE s.token_hash = p_hash;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION account_of_share FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_of_share TO vigil_app;
