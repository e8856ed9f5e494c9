ALTER TABLE "account" ADD COLUMN "pictures_days" integer;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "pictures_held_days" integer;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "pictures_held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "moment" ADD COLUMN "accepted_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "moment" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "moment_by_age" ON "moment" USING btree ("account_id","accepted_at") WHERE state = 'ready';--> statement-breakpoint

-- A picture that is erased has ended, for the ledger as for everybody.
DO $generate$
DECLARE
  state text := 'CASE WHEN @.state IN (''announced'', ''ready'', ''erased'') THEN @.state ELSE ''nowhere'' END';
  body text;
BEGIN
  body := format($body$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO ledger_entry (account_id, noun, state, change)
        SELECT r.account_id, 'moments', s.state, count(*) FROM changed r CROSS JOIN LATERAL (VALUES ('accepted'), (%1$s)) AS s (state) GROUP BY 1, 3;
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO ledger_entry (account_id, noun, state, change)
        SELECT r.account_id, 'moments', %1$s, -count(*) FROM changed r GROUP BY 1, 3;
      ELSE
        INSERT INTO ledger_entry (account_id, noun, state, change)
        VALUES (OLD.account_id, 'moments', %2$s, -1), (NEW.account_id, 'moments', %3$s, 1);
      END IF;
      RETURN NULL;
    END $body$, replace(state, '@', 'r'), replace(state, '@', 'OLD'), replace(state, '@', 'NEW'));
  EXECUTE format('CREATE OR REPLACE FUNCTION note_moments() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS %L', body);
  DROP TRIGGER noted_moved ON moment;
  EXECUTE format('CREATE TRIGGER noted_moved AFTER UPDATE ON moment FOR EACH ROW WHEN ((OLD.account_id, %s) IS DISTINCT FROM (NEW.account_id, %s)) EXECUTE FUNCTION note_moments()',
    replace(state, '@', 'OLD'), replace(state, '@', 'NEW'));
END $generate$;
--> statement-breakpoint

-- For how many days an account keeps its pictures now. p_days: each tier's, by its name, none above what the installation keeps.
CREATE FUNCTION kept_days(a account, p_now timestamptz, p_days jsonb) RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT greatest(
    least(a.pictures_days, (p_days ->> a.tier)::int),
    CASE WHEN a.pictures_held_until > p_now THEN a.pictures_held_days END
  );
$$;
--> statement-breakpoint

-- Pictures that are kept no longer, the oldest of each account, at most p_each of it.
CREATE FUNCTION pictures_past_keeping(p_now timestamptz, p_days jsonb, p_each int, p_limit int)
RETURNS TABLE (account_id text, event_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, m.event_id, m.id FROM account a CROSS JOIN LATERAL (
    SELECT o.event_id, o.id FROM moment o
    WHERE o.account_id = a.id AND o.state = 'ready'
      AND o.accepted_at <= p_now - kept_days(a, p_now, p_days) * interval '1 day'
    ORDER BY o.accepted_at LIMIT p_each
  ) m LIMIT p_limit;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION kept_days, pictures_past_keeping FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION kept_days, pictures_past_keeping TO vigil_app;
