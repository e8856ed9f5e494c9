CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"role" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_browser" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_browser" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_challenge" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_challenge" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_passkey" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"name" text,
	"public_key" text NOT NULL,
	"credential_id" text NOT NULL,
	"counter" integer NOT NULL,
	"device_type" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"transports" text,
	"aaguid" text,
	"created_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "sign_in_passkey" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_provider" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_provider" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_rate" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_rate" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "person_id" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_account_id_invited_by_member_account_id_id_fk" FOREIGN KEY ("account_id","invited_by") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_browser" ADD CONSTRAINT "sign_in_browser_person_id_sign_in_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."sign_in_person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_passkey" ADD CONSTRAINT "sign_in_passkey_person_id_sign_in_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."sign_in_person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_provider" ADD CONSTRAINT "sign_in_provider_person_id_sign_in_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."sign_in_person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_browser_token" ON "sign_in_browser" USING btree ("token");--> statement-breakpoint
CREATE INDEX "sign_in_browser_by_person" ON "sign_in_browser" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sign_in_challenge_identifier" ON "sign_in_challenge" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_passkey_credential" ON "sign_in_passkey" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "sign_in_passkey_by_person" ON "sign_in_passkey" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_person_email" ON "sign_in_person" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sign_in_provider_by_person" ON "sign_in_provider" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_rate_key" ON "sign_in_rate" USING btree ("key");--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_sign_in_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."sign_in_person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "member_once_per_account" ON "member" USING btree ("person_id","account_id") WHERE removed_at is null;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_expires" CHECK (expires_at is null or kind = 'member');--> statement-breakpoint
CREATE POLICY "own_rows" ON "invitation" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_browser" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_challenge" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_passkey" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_person" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_provider" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_rows" ON "sign_in_rate" AS PERMISSIVE FOR ALL TO "vigil_sign_in" USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "invitation" TO vigil_app;
--> statement-breakpoint
-- Sign-in has rights on its own tables, and on nothing else: no table of an account, and none of the functions that cross
-- from one to another, which everybody may call unless told otherwise.
GRANT USAGE ON SCHEMA public TO vigil_sign_in;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_person, sign_in_browser, sign_in_provider, sign_in_passkey, sign_in_challenge, sign_in_rate TO vigil_sign_in;
--> statement-breakpoint
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO vigil_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO vigil_app;
--> statement-breakpoint

-- Whose key is this? Notes its use at most once a minute. A member's key ends with its term, and with the membership.
CREATE OR REPLACE FUNCTION authenticate_key(p_hash bytea)
RETURNS TABLE (key_id text, kind text, account_id text, subject_id text, role text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (
    UPDATE api_key SET last_used_at = now()
    WHERE hash = p_hash AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
  )
  SELECT k.id, k.kind, k.account_id, k.subject_id, m.role
  FROM api_key k
  LEFT JOIN device d ON k.kind = 'device' AND d.id = k.subject_id
  LEFT JOIN member m ON k.kind = 'member' AND m.id = k.subject_id
  WHERE k.hash = p_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    AND d.removed_at IS NULL AND m.removed_at IS NULL;
$$;
--> statement-breakpoint

-- Who is signed in in this browser, and of which accounts are they a member? One row for each; one without an account for
-- a person who is in none.
CREATE FUNCTION memberships_of_sign_in(p_token text)
RETURNS TABLE (person_id text, email text, account_id text, account_name text, tier text, member_id text, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.email, a.id, a.name, a.tier, m.id, m.name, m.role
  FROM sign_in_browser b
  JOIN sign_in_person p ON p.id = b.person_id
  LEFT JOIN member m ON m.person_id = p.id AND m.removed_at IS NULL
  LEFT JOIN account a ON a.id = m.account_id
  WHERE b.token = p_token AND b.expires_at > now()
  ORDER BY m.id;
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION memberships_of_sign_in(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION memberships_of_sign_in(text) TO vigil_app;
