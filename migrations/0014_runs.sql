CREATE TABLE "inspection" (
	"account_id" text NOT NULL,
	"sha256" text NOT NULL,
	"model_sha256" text NOT NULL,
	"policy_hash" text NOT NULL,
	"outcome" text NOT NULL,
	"detections" jsonb NOT NULL,
	"hash" text,
	"reason" text,
	"inspected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inspection_account_id_sha256_model_sha256_policy_hash_pk" PRIMARY KEY("account_id","sha256","model_sha256","policy_hash")
);
--> statement-breakpoint
ALTER TABLE "inspection" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "manifest" (
	"account_id" text NOT NULL,
	"source" text NOT NULL,
	"version" integer NOT NULL,
	"run_id" text NOT NULL,
	"kind" text NOT NULL,
	"segments" jsonb NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "manifest_account_id_source_version_pk" PRIMARY KEY("account_id","source","version")
);
--> statement-breakpoint
ALTER TABLE "manifest" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"model" jsonb,
	"policy_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_of_account" UNIQUE("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "run_chunk" (
	"account_id" text NOT NULL,
	"run_id" text NOT NULL,
	"no" integer NOT NULL,
	"state" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"result_hash" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_chunk_run_id_no_pk" PRIMARY KEY("run_id","no")
);
--> statement-breakpoint
ALTER TABLE "run_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "run_content" (
	"account_id" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"content_type" text NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_content_account_id_sha256_pk" PRIMARY KEY("account_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "run_content" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "run_item" (
	"account_id" text NOT NULL,
	"run_id" text NOT NULL,
	"no" integer NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"ending" text,
	"reason" text,
	"group_no" integer,
	CONSTRAINT "run_item_run_id_no_pk" PRIMARY KEY("run_id","no"),
	CONSTRAINT "run_item_ends" CHECK (ending in ('inspected', 'reused', 'unreadable', 'refused', 'dead') and no >= 0 or ending is null and no >= 0)
);
--> statement-breakpoint
ALTER TABLE "run_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_account_id_run_id_run_account_id_id_fk" FOREIGN KEY ("account_id","run_id") REFERENCES "public"."run"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_chunk" ADD CONSTRAINT "run_chunk_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_chunk" ADD CONSTRAINT "run_chunk_account_id_run_id_run_account_id_id_fk" FOREIGN KEY ("account_id","run_id") REFERENCES "public"."run"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_content" ADD CONSTRAINT "run_content_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_item" ADD CONSTRAINT "run_item_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_item" ADD CONSTRAINT "run_item_account_id_run_id_run_account_id_id_fk" FOREIGN KEY ("account_id","run_id") REFERENCES "public"."run"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_to_group" ON "run" USING btree ("created_at") WHERE state = 'grouping';--> statement-breakpoint
CREATE INDEX "run_chunk_waiting" ON "run_chunk" USING btree ("account_id","created_at","run_id","no") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "run_chunk_sent" ON "run_chunk" USING btree ("sent_at") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "run_item_open" ON "run_item" USING btree ("run_id","no") WHERE ending is null;--> statement-breakpoint
CREATE INDEX "run_item_grouped" ON "run_item" USING btree ("run_id","group_no","no") WHERE group_no is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "inspection" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "manifest" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "run" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "run_chunk" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "run_content" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "run_item" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON run, run_chunk, run_item TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON run_content TO vigil_app;
--> statement-breakpoint
-- What is appended is never changed.
GRANT SELECT, INSERT ON inspection, manifest TO vigil_app;
--> statement-breakpoint

-- Whose run is this?
CREATE FUNCTION account_of_run(p_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM run WHERE id = p_id;
$$;
--> statement-breakpoint

-- The model of the worker that was heard last.
CREATE FUNCTION newest_model() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.model FROM worker w ORDER BY w.seen_at DESC LIMIT 1;
$$;
--> statement-breakpoint

-- Takes chunks for the bulk queue, so that p_in_flight_max are there at most: those first whose account has the fewest there,
-- then the oldest. A chunk that another sender takes at the same time is left to it.
CREATE FUNCTION claim_chunks(p_now timestamptz, p_until timestamptz, p_in_flight_max int)
RETURNS TABLE (account_id text, run_id text, no int)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH flying AS (
    SELECT c.account_id, count(*) AS chunks FROM run_chunk c
    WHERE c.state = 'sent' OR (c.state = 'waiting' AND c.claimed_until > p_now) GROUP BY c.account_id
  ), waiting AS (
    SELECT c.account_id, c.run_id, c.no, c.created_at,
      row_number() OVER (PARTITION BY c.account_id ORDER BY c.created_at, c.run_id, c.no) + COALESCE(f.chunks, 0) AS turn
    FROM run_chunk c
    JOIN run r ON r.id = c.run_id AND r.paused_at IS NULL AND r.state IN ('listing', 'running')
    LEFT JOIN flying f ON f.account_id = c.account_id
    WHERE c.state = 'waiting' AND (c.claimed_until IS NULL OR c.claimed_until <= p_now)
  ), picked AS (
    SELECT w.run_id, w.no FROM waiting w ORDER BY w.turn, w.created_at, w.run_id, w.no
    LIMIT GREATEST(0, p_in_flight_max - (SELECT COALESCE(sum(f.chunks), 0) FROM flying f))
  )
  UPDATE run_chunk c SET claimed_until = p_until FROM picked
  WHERE c.run_id = picked.run_id AND c.no = picked.no AND c.state = 'waiting'
    AND (c.claimed_until IS NULL OR c.claimed_until <= p_now)
  RETURNING c.account_id, c.run_id, c.no;
$$;
--> statement-breakpoint

-- Lets chunks that were sent before that and have not ended wait for a place again.
CREATE FUNCTION release_overdue_chunks(p_sent_before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH released AS (
    UPDATE run_chunk c SET state = 'waiting', sent_at = NULL, claimed_until = NULL
    WHERE c.state = 'sent' AND c.sent_at < p_sent_before RETURNING 1
  )
  SELECT count(*) FROM released;
$$;
--> statement-breakpoint

-- Runs of which everything has ended and nobody has finished the groups.
CREATE FUNCTION runs_to_group(p_limit int) RETURNS TABLE (account_id text, run_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.account_id, r.id FROM run r WHERE r.state = 'grouping' ORDER BY r.created_at LIMIT p_limit;
$$;
--> statement-breakpoint

REVOKE ALL ON FUNCTION account_of_run, newest_model, claim_chunks, release_overdue_chunks, runs_to_group FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_of_run, newest_model, claim_chunks, release_overdue_chunks, runs_to_group TO vigil_app;
