CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"thread" text NOT NULL,
	"level" text NOT NULL,
	"message" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"attempts_before" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_of_account" UNIQUE("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "delivery_attempt" (
	"account_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"milliseconds" integer NOT NULL,
	"error" text,
	CONSTRAINT "delivery_attempt_delivery_id_number_pk" PRIMARY KEY("delivery_id","number")
);
--> statement-breakpoint
ALTER TABLE "delivery_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "endpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"member_id" text NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"target_sealed" text NOT NULL,
	"target_hash" text NOT NULL,
	"secret_sealed" text,
	"secret_before_sealed" text,
	"secret_before_until" timestamp (3) with time zone,
	"state" text NOT NULL,
	"disabled_reason" text,
	"failing_since" timestamp (3) with time zone,
	"level_from" text NOT NULL,
	"site_ids" text[],
	"kinds" text[] NOT NULL,
	"quiet_hours" text NOT NULL,
	"boxes" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "endpoint_of_account" UNIQUE("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "endpoint" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stream_entry" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stream_entry_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "stream_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "summary_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_to_endpoint" FOREIGN KEY ("account_id","endpoint_id") REFERENCES "public"."endpoint"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_of_delivery" FOREIGN KEY ("account_id","delivery_id") REFERENCES "public"."delivery"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once_per_topic" ON "delivery" USING btree ("endpoint_id","topic");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("endpoint_id","next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_by_thread" ON "delivery" USING btree ("endpoint_id","thread");--> statement-breakpoint
CREATE UNIQUE INDEX "endpoint_once_per_target" ON "endpoint" USING btree ("account_id","type","target_hash") WHERE state <> 'removed';--> statement-breakpoint
CREATE INDEX "stream_entry_by_account" ON "stream_entry" USING btree ("account_id","number");--> statement-breakpoint
CREATE POLICY "own_rows" ON "delivery" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "delivery_attempt" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "endpoint" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "stream_entry" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON endpoint, delivery, delivery_attempt TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON stream_entry TO vigil_app;
--> statement-breakpoint
-- What is appended is never changed.
REVOKE UPDATE, DELETE ON delivery_attempt, stream_entry FROM vigil_app;
--> statement-breakpoint

-- Appends to the stream of an account. The lock is held until the transaction ends, so that numbers become visible in
-- their order: whoever has read up to a number has missed nothing before it.
CREATE FUNCTION append_stream_entry(p_account_id text, p_kind text, p_subject text, p_detail jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('vigil stream ' || p_account_id, 0));
  INSERT INTO stream_entry (account_id, kind, subject, detail, at) VALUES (p_account_id, p_kind, p_subject, p_detail, p_at);
END
$$;
--> statement-breakpoint

-- How far the streams of these accounts have come: numbers only.
CREATE FUNCTION newest_stream_entries(p_accounts text[]) RETURNS TABLE (account_id text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, n.number FROM unnest(p_accounts) AS a (id)
  CROSS JOIN LATERAL (SELECT s.number FROM stream_entry s WHERE s.account_id = a.id ORDER BY s.number DESC LIMIT 1) n;
$$;
--> statement-breakpoint
CREATE FUNCTION forget_stream_entries(p_before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (SELECT s.number FROM stream_entry s WHERE s.at < p_before
    AND EXISTS (SELECT 1 FROM stream_entry n WHERE n.account_id = s.account_id AND n.number > s.number AND n.at < p_before)
    ORDER BY s.number LIMIT 5000),
  gone AS (DELETE FROM stream_entry s USING old WHERE s.number = old.number RETURNING 1)
  SELECT count(*) FROM gone;
$$;
--> statement-breakpoint

-- Takes deliveries that are due, the longest due first: at most p_per_endpoint of an endpoint in the queue or under way,
-- so that one slow receiver does not hold up the others.
CREATE FUNCTION claim_deliveries(p_now timestamptz, p_until timestamptz, p_limit int, p_per_endpoint int)
RETURNS TABLE (account_id text, delivery_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- Hops from endpoint to endpoint along the index instead of reading one endpoint's whole backlog.
  WITH RECURSIVE target (id) AS (
    (SELECT min(d.endpoint_id) FROM delivery d WHERE d.state = 'pending')
    UNION ALL
    SELECT (SELECT min(d.endpoint_id) FROM delivery d WHERE d.state = 'pending' AND d.endpoint_id > target.id)
    FROM target WHERE target.id IS NOT NULL
  ), due AS (
    SELECT d.id, d.next_attempt_at FROM target
    CROSS JOIN LATERAL (
      SELECT o.id, o.next_attempt_at FROM delivery o
      WHERE o.endpoint_id = target.id AND o.state = 'pending' AND o.next_attempt_at <= p_now
        AND (o.claimed_until IS NULL OR o.claimed_until <= p_now)
      ORDER BY o.next_attempt_at
      LIMIT GREATEST(0, p_per_endpoint - (SELECT count(*) FROM delivery b
        WHERE b.endpoint_id = target.id AND b.state = 'pending' AND b.claimed_until > p_now))
    ) d
  ), taken AS (
    SELECT d.id FROM delivery d JOIN due ON due.id = d.id
    ORDER BY due.next_attempt_at LIMIT p_limit
    FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE delivery d SET claimed_until = p_until FROM taken
  WHERE d.id = taken.id AND d.state = 'pending' AND (d.claimed_until IS NULL OR d.claimed_until <= p_now)
  RETURNING d.account_id, d.id;
$$;
--> statement-breakpoint

-- Whose morning summary is owed?
CREATE FUNCTION summaries_due(p_now timestamptz, p_limit int) RETURNS TABLE (account_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id FROM account a WHERE a.summary_due_at <= p_now ORDER BY a.summary_due_at LIMIT p_limit;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION append_stream_entry, newest_stream_entries, forget_stream_entries, claim_deliveries, summaries_due FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION append_stream_entry, newest_stream_entries, forget_stream_entries, claim_deliveries, summaries_due TO vigil_app;
