ALTER TABLE "authenticity_check" ADD CONSTRAINT "authenticity_check_of_account" UNIQUE("account_id","id");--> statement-breakpoint
CREATE TABLE "authenticity_upload" (
	"check_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text,
	"sha256" "bytea" NOT NULL,
	"bytes" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"sends" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"reason" text,
	"erased_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "authenticity_upload" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "authenticity_upload" ADD CONSTRAINT "authenticity_upload_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authenticity_upload" ADD CONSTRAINT "authenticity_upload_account_id_check_id_authenticity_check_account_id_id_fk" FOREIGN KEY ("account_id","check_id") REFERENCES "public"."authenticity_check"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "authenticity_upload_open" ON "authenticity_upload" USING btree ("account_id","expires_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "authenticity_upload_to_erase" ON "authenticity_upload" USING btree ("ended_at") WHERE erased_at is null and ended_at is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "authenticity_upload" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON authenticity_upload TO vigil_app;
--> statement-breakpoint

-- Whose recording is this?
CREATE FUNCTION account_of_upload(p_check_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM authenticity_upload WHERE check_id = p_check_id;
$$;
--> statement-breakpoint

-- Takes recordings that wait for a worker until p_until, p_in_flight_max in all, those first whose account has the fewest in flight.
CREATE FUNCTION claim_recordings(p_now timestamptz, p_until timestamptz, p_in_flight_max int)
RETURNS TABLE (account_id text, check_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH open AS (
    SELECT u.account_id, u.check_id, u.expires_at, u.sent_at IS NOT NULL OR u.claimed_until > p_now AS flies
    FROM authenticity_upload u JOIN authenticity_check c ON c.id = u.check_id AND c.state = 'awaiting-worker'
    WHERE u.ended_at IS NULL
  ), flying AS (
    SELECT o.account_id, count(*) AS recordings FROM open o WHERE o.flies GROUP BY o.account_id
  ), waiting AS (
    SELECT o.check_id, o.expires_at,
      row_number() OVER (PARTITION BY o.account_id ORDER BY o.expires_at, o.check_id) + COALESCE(f.recordings, 0) AS turn
    FROM open o LEFT JOIN flying f ON f.account_id = o.account_id WHERE o.flies IS NOT TRUE
  ), picked AS (
    SELECT w.check_id FROM waiting w ORDER BY w.turn, w.expires_at, w.check_id
    LIMIT GREATEST(0, p_in_flight_max - (SELECT COALESCE(sum(f.recordings), 0) FROM flying f))
  )
  UPDATE authenticity_upload u SET claimed_until = p_until FROM picked
  WHERE u.check_id = picked.check_id AND u.sent_at IS NULL AND u.ended_at IS NULL
    AND (u.claimed_until IS NULL OR u.claimed_until <= p_now)
  RETURNING u.account_id, u.check_id;
$$;
--> statement-breakpoint

-- Uploads with which something is to be done: nobody has completed them, their message seems lost, or they are to be erased once more.
CREATE FUNCTION uploads_due(p_now timestamptz, p_sent_before timestamptz, p_ended_before timestamptz, p_limit int)
RETURNS TABLE (account_id text, check_id text, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT u.account_id, u.check_id, CASE c.state WHEN 'awaiting-upload' THEN 'expired' ELSE 'lost' END
   FROM authenticity_upload u JOIN authenticity_check c ON c.id = u.check_id
   WHERE u.ended_at IS NULL AND ((c.state = 'awaiting-upload' AND u.expires_at <= p_now)
     OR (c.state = 'awaiting-worker' AND u.sent_at < p_sent_before))
   ORDER BY u.expires_at LIMIT p_limit)
  UNION ALL
  (SELECT u.account_id, u.check_id, 'ended' FROM authenticity_upload u
   WHERE u.erased_at IS NULL AND u.ended_at < p_ended_before ORDER BY u.ended_at LIMIT p_limit);
$$;
--> statement-breakpoint

REVOKE ALL ON FUNCTION account_of_upload, claim_recordings, uploads_due FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_of_upload, claim_recordings, uploads_due TO vigil_app;
