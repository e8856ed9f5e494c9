CREATE TABLE "ledger_count" (
	"account_id" text NOT NULL,
	"noun" text NOT NULL,
	"state" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "ledger_count_account_id_noun_state_pk" PRIMARY KEY("account_id","noun","state")
);
--> statement-breakpoint
ALTER TABLE "ledger_count" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"account_id" text NOT NULL,
	"noun" text NOT NULL,
	"state" text NOT NULL,
	"change" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ledger_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_count" ADD CONSTRAINT "ledger_count_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_entry_by_account" ON "ledger_entry" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "delivery_never_due" ON "delivery" USING btree ("account_id") WHERE (state = 'pending') = (next_attempt_at is null);--> statement-breakpoint
CREATE INDEX "quota_claim_under_way" ON "quota_claim" USING btree ("account_id","claimed_at") WHERE state = 'claimed';--> statement-breakpoint
CREATE INDEX "review_under_way" ON "review" USING btree ("account_id","requested_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "review_out_of_order" ON "review" USING btree ("account_id") WHERE (state in ('queued', 'running')) = (finished_at is not null);--> statement-breakpoint
CREATE POLICY "own_rows" ON "ledger_count" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "ledger_entry" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT ON ledger_entry TO vigil_app;
--> statement-breakpoint
GRANT SELECT ON ledger_count TO vigil_app;
--> statement-breakpoint

-- For each noun of the ledger: a function and triggers that write down its rows as they come, move and go. `@` is the row.
-- A state that no row may be in is written down as `nowhere`, so that its line does not balance.
DO $generate$
DECLARE
  noun record;
  body text;
BEGIN
  FOR noun IN SELECT * FROM (VALUES
    ('events', 'event', 'CASE WHEN @.sealed_at IS NULL THEN ''awaiting'' WHEN @.follow_up_at IS NOT NULL THEN ''undecided'' ELSE ''assessed'' END'),
    ('sessions', 'session', 'CASE WHEN @.merged_into IS NOT NULL THEN ''joined'' WHEN @.state IN (''open'', ''closed'') THEN @.state ELSE ''nowhere'' END'),
    ('moments', 'moment', 'CASE WHEN @.state IN (''announced'', ''ready'') THEN @.state ELSE ''nowhere'' END'),
    ('reviews', 'review', 'CASE WHEN @.state IN (''queued'', ''running'', ''completed'', ''failed'', ''cancelled'') THEN @.state ELSE ''nowhere'' END'),
    ('digests', 'digest', '''written'''),
    ('allowance', 'quota_claim', 'CASE WHEN @.state IN (''claimed'', ''settled'', ''refunded'') THEN @.state ELSE ''nowhere'' END'),
    ('deliveries', 'delivery', 'CASE WHEN @.state IN (''pending'', ''delivered'', ''failed'', ''dropped'') THEN @.state ELSE ''nowhere'' END')
  ) AS nouns (name, relation, state) LOOP
    -- Statements that add or remove many rows write one line a state; a row that moves writes two.
    body := format($body$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO ledger_entry (account_id, noun, state, change)
          SELECT r.account_id, %1$L, s.state, count(*) FROM changed r CROSS JOIN LATERAL (VALUES ('accepted'), (%2$s)) AS s (state) GROUP BY 1, 3;
        ELSIF TG_OP = 'DELETE' THEN
          INSERT INTO ledger_entry (account_id, noun, state, change)
          SELECT r.account_id, %1$L, %2$s, -count(*) FROM changed r GROUP BY 1, 3;
        ELSE
          INSERT INTO ledger_entry (account_id, noun, state, change)
          VALUES (OLD.account_id, %1$L, %3$s, -1), (NEW.account_id, %1$L, %4$s, 1);
        END IF;
        RETURN NULL;
      END $body$, noun.name, replace(noun.state, '@', 'r'), replace(noun.state, '@', 'OLD'), replace(noun.state, '@', 'NEW'));
    EXECUTE format('CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS %L',
      'note_' || noun.name, body);
    EXECUTE format('REVOKE ALL ON FUNCTION %I() FROM PUBLIC', 'note_' || noun.name);
    EXECUTE format('CREATE TRIGGER noted_new AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()',
      noun.relation, 'note_' || noun.name);
    EXECUTE format('CREATE TRIGGER noted_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()',
      noun.relation, 'note_' || noun.name);
    EXECUTE format('CREATE TRIGGER noted_moved AFTER UPDATE ON %I FOR EACH ROW WHEN ((OLD.account_id, %s) IS DISTINCT FROM (NEW.account_id, %s)) EXECUTE FUNCTION %I()',
      noun.relation, replace(noun.state, '@', 'OLD'), replace(noun.state, '@', 'NEW'), 'note_' || noun.name);
    -- What is there already. Whoever would write waits for the triggers' lock until all of this is committed.
    EXECUTE format('INSERT INTO ledger_count (account_id, noun, state, count)
      SELECT r.account_id, %L, s.state, count(*) FROM %I r CROSS JOIN LATERAL (VALUES (''accepted''), (%s)) AS s (state) GROUP BY 1, 3',
      noun.name, noun.relation, replace(noun.state, '@', 'r'));
  END LOOP;
END $generate$;
--> statement-breakpoint

-- Rows that nothing carries on, or whose parts contradict, of those accounts that the caller sees. What is lost stays where it
-- is and so becomes the oldest of its account: the oldest thousand of each are looked at, however much waits.
CREATE FUNCTION ledger_faults(p_most int, p_digests_differ boolean)
RETURNS TABLE ("accountId" text, kind text, subject text, detail text)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  (SELECT r.account_id, 'review-without-job', r.id, r.state || ', and no job of it is owed to a queue'
   FROM account a CROSS JOIN LATERAL (
     SELECT * FROM review u WHERE u.account_id = a.id AND u.state IN ('queued', 'running') ORDER BY u.requested_at LIMIT 1000) r
   WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.review_id = r.id AND o.part = 0 AND o.settled_at IS NULL) LIMIT p_most)
  UNION ALL
  (SELECT c.account_id, 'allowance-not-ended', c.review_id, 'the review is ' || c.state || ', and its allowance is neither spent nor given back'
   FROM account a CROSS JOIN LATERAL (
     SELECT q.account_id, q.review_id, r.state FROM quota_claim q JOIN review r ON r.id = q.review_id
     WHERE q.account_id = a.id AND q.state = 'claimed' ORDER BY q.claimed_at LIMIT 1000) c
   WHERE c.state NOT IN ('queued', 'running') LIMIT p_most)
  UNION ALL
  (SELECT d.account_id, 'delivery-never-due', d.id, d.state || ', and its next attempt is ' || COALESCE('due at ' || d.next_attempt_at, 'never due')
   FROM delivery d WHERE (d.state = 'pending') = (d.next_attempt_at IS NULL) LIMIT p_most)
  UNION ALL
  (SELECT r.account_id, 'review-out-of-order', r.id, r.state || ', and finished ' || COALESCE('at ' || r.finished_at, 'never')
   FROM review r WHERE (r.state IN ('queued', 'running')) = (r.finished_at IS NOT NULL) LIMIT p_most)
  UNION ALL
  -- Reads every review, and so only once the counts have told that there is one.
  (SELECT r.account_id, 'review-without-digest', r.id, 'completed, and has no digest'
   FROM review r WHERE p_digests_differ AND r.state = 'completed' AND NOT EXISTS (SELECT FROM digest d WHERE d.review_id = r.id) LIMIT p_most)
  LIMIT p_most;
$$;
--> statement-breakpoint

-- The ledger of those accounts that the caller sees, of the one snapshot of the statement that asks.
CREATE FUNCTION read_ledger(p_most int) RETURNS jsonb
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH counts AS (
    SELECT l.noun, l.state, sum(l.count)::bigint AS count
    FROM (SELECT noun, state, count FROM ledger_count UNION ALL SELECT noun, state, change FROM ledger_entry) l GROUP BY 1, 2
  ), differ AS (
    SELECT COALESCE(sum(CASE noun WHEN 'reviews' THEN count ELSE -count END), 0) <> 0 AS digests
    FROM counts WHERE (noun, state) IN (('reviews', 'completed'), ('digests', 'written'))
  )
  SELECT jsonb_build_object(
    'counts', COALESCE((SELECT jsonb_agg(counts) FROM counts), '[]'),
    'faults', COALESCE((SELECT jsonb_agg(f) FROM differ, ledger_faults(p_most, differ.digests) f), '[]'));
$$;
--> statement-breakpoint

-- For operators: the ledger of all accounts together, and those of which a line does not balance.
CREATE FUNCTION read_ledger_of_all(p_most int) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT read_ledger(p_most) || jsonb_build_object('unbalanced', COALESCE((SELECT jsonb_agg(u) FROM (
    SELECT l.account_id AS "accountId", l.noun, sum(CASE l.state WHEN 'accepted' THEN l.count ELSE -l.count END)::bigint AS missing
    FROM (SELECT account_id, noun, state, count FROM ledger_count
          UNION ALL SELECT account_id, noun, state, change FROM ledger_entry) l
    WHERE l.state <> 'nowhere' GROUP BY 1, 2
    HAVING sum(CASE l.state WHEN 'accepted' THEN l.count ELSE -l.count END) <> 0
    ORDER BY 1, 2 LIMIT p_most) u), '[]'));
$$;
--> statement-breakpoint

-- Adds lines up: what is read before and after is the same. In order, so that two who fold never wait for each other in a ring.
CREATE FUNCTION fold_ledger(p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (
    SELECT e.ctid FROM ledger_entry e LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    DELETE FROM ledger_entry e USING old WHERE e.ctid = old.ctid RETURNING e.*
  ), folded AS (
    INSERT INTO ledger_count AS c (account_id, noun, state, count)
    SELECT account_id, noun, state, sum(change) FROM taken GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, noun, state) DO UPDATE SET count = c.count + excluded.count
    RETURNING 1
  )
  SELECT count(*) FROM taken;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ledger_faults, read_ledger, read_ledger_of_all, fold_ledger FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ledger_faults, read_ledger, read_ledger_of_all, fold_ledger TO vigil_app;
