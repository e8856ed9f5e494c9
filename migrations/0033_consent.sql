CREATE TABLE "consent" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"site_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"given_by" text,
	"given_at" timestamp (3) with time zone,
	"withdrawn_by" text,
	"withdrawn_at" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone,
	"place" text,
	"counts" jsonb NOT NULL,
	"erased_at" timestamp (3) with time zone,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "consent" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_site_id_site_account_id_id_fk" FOREIGN KEY ("account_id","site_id") REFERENCES "public"."site"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consent_by_account" ON "consent" USING btree ("account_id","site_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_once_at_a_time" ON "consent" USING btree ("site_id","kind") WHERE state <> 'erased';--> statement-breakpoint
CREATE INDEX "consent_to_erase" ON "consent" USING btree ("next_at") WHERE state = 'withdrawn';--> statement-breakpoint
CREATE POLICY "own_rows" ON "consent" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON consent TO vigil_app;
--> statement-breakpoint

-- A consent that was withdrawn, of which something is still to be erased; whoever asks has it until p_until.
CREATE FUNCTION lease_withdrawn_consent(p_now timestamptz, p_until timestamptz) RETURNS TABLE (id text, account_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE consent c SET next_at = p_until
  WHERE c.id = (SELECT w.id FROM consent w WHERE w.state = 'withdrawn' AND w.next_at <= p_now
    ORDER BY w.next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING c.id, c.account_id;
$$;
--> statement-breakpoint

-- What a digest has said before what it says now is forgotten; the log stays as it is.
CREATE FUNCTION forget_earlier_leaves(p_account_id text, p_subject text, p_statement bytea) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM log_leaf WHERE account_id = p_account_id AND subject = p_subject AND statement <> p_statement RETURNING 1)
  SELECT count(*) FROM gone;
$$;
--> statement-breakpoint
-- Reports are kept as they came, but for what was stored under a consent that was withdrawn at the site that they are of.
CREATE FUNCTION erase_from_report(p_consent_id text, p_review_id text, p_part int, p_report jsonb, p_content_hash bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE digest_part p SET report = p_report, content_hash = p_content_hash
  FROM consent c, review r, session s
  WHERE c.id = p_consent_id AND c.state = 'withdrawn' AND p.review_id = p_review_id AND p.part = p_part
    AND r.id = p.review_id AND s.id = r.session_id AND s.site_id = c.site_id AND s.account_id = c.account_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing was withdrawn of part % of %', p_part, p_review_id;
  END IF;
END $$;
--> statement-breakpoint

-- The same of pictures of runs, which are of no site: p_limit of them at most.
CREATE FUNCTION erase_embeddings(p_consent_id text, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (UPDATE inspection SET embedding = NULL WHERE ctid = ANY (ARRAY(
    SELECT i.ctid FROM consent c JOIN inspection i ON i.account_id = c.account_id AND i.embedding IS NOT NULL
    WHERE c.id = p_consent_id AND c.state = 'withdrawn' AND c.kind = 'reidentification' LIMIT p_limit)) RETURNING 1)
  SELECT count(*) FROM gone;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION lease_withdrawn_consent, forget_earlier_leaves, erase_from_report, erase_embeddings FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION lease_withdrawn_consent, forget_earlier_leaves, erase_from_report, erase_embeddings TO vigil_app;
--> statement-breakpoint

-- Nobody has consented to what was stored before anybody was asked: it goes as if it had been withdrawn.
INSERT INTO consent (id, account_id, site_id, kind, state, withdrawn_at, next_at, counts)
SELECT 'con_' || replace(gen_random_uuid()::text, '-', ''), s.account_id, s.id, k.kind, 'withdrawn', now(), now(),
  '{"findings":0,"reports":0,"digests":0,"messages":0,"leaves":0,"embeddings":0,"archives":0}'
FROM site s CROSS JOIN unnest(ARRAY['faces', 'plates', 'reidentification']) AS k (kind);
