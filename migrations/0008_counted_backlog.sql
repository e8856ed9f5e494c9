CREATE TABLE "backlog" (
	"account_id" text NOT NULL,
	"queue" text NOT NULL,
	"jobs" integer NOT NULL,
	"moments" integer NOT NULL,
	CONSTRAINT "backlog_account_id_queue_pk" PRIMARY KEY("account_id","queue"),
	CONSTRAINT "backlog_is_possible" CHECK (jobs >= 0 and moments >= 0)
);
--> statement-breakpoint
ALTER TABLE "backlog" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "outbox_waiting";--> statement-breakpoint
ALTER TABLE "backlog" ADD CONSTRAINT "backlog_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backlog_waiting" ON "backlog" USING btree ("queue") WHERE jobs > 0;--> statement-breakpoint
CREATE INDEX "delivery_under_way" ON "delivery" USING btree ("endpoint_id","claimed_until") WHERE state = 'pending' and claimed_until is not null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("account_id","queue","urgency" DESC NULLS FIRST,"created_at") WHERE sent_at is null and settled_at is null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "backlog" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "backlog" TO vigil_app;
--> statement-breakpoint
INSERT INTO backlog (account_id, queue, jobs, moments)
SELECT account_id, queue, count(*), sum(moments) FROM outbox WHERE settled_at IS NULL GROUP BY account_id, queue;
--> statement-breakpoint

-- Counts a job that is added, ends, is owed once more or is taken away, as the account whose job it is.
CREATE FUNCTION count_backlog() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.settled_at IS NULL THEN
    UPDATE backlog SET jobs = jobs - 1, moments = moments - OLD.moments
    WHERE account_id = OLD.account_id AND queue = OLD.queue;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.settled_at IS NULL THEN
    INSERT INTO backlog AS b (account_id, queue, jobs, moments) VALUES (NEW.account_id, NEW.queue, 1, NEW.moments)
    ON CONFLICT (account_id, queue) DO UPDATE SET jobs = b.jobs + 1, moments = b.moments + excluded.moments;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_counted AFTER INSERT OR DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION count_backlog();
--> statement-breakpoint
CREATE TRIGGER outbox_counted_anew AFTER UPDATE ON outbox FOR EACH ROW
WHEN ((OLD.settled_at, OLD.account_id, OLD.queue, OLD.moments) IS DISTINCT FROM (NEW.settled_at, NEW.account_id, NEW.queue, NEW.moments))
EXECUTE FUNCTION count_backlog();
--> statement-breakpoint

-- How much work there is: jobs that have not ended, and the moments in them. Reads what is counted, not the jobs.
CREATE OR REPLACE FUNCTION queue_depth() RETURNS TABLE (queue text, jobs bigint, moments bigint, oldest_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.queue, sum(b.jobs)::bigint, sum(b.moments)::bigint,
         (SELECT o.created_at FROM outbox o WHERE o.settled_at IS NULL AND o.queue = b.queue ORDER BY o.created_at LIMIT 1)
  FROM backlog b WHERE b.jobs > 0 GROUP BY b.queue;
$$;
--> statement-breakpoint

-- How many jobs of the same queue were asked for before this one and have not ended: p_most where there are more.
DROP FUNCTION queue_position(text);
--> statement-breakpoint
CREATE FUNCTION queue_position(p_review_id text, p_most int) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM outbox mine CROSS JOIN LATERAL (
    -- In the order of the index, so that it reads no more than it counts.
    SELECT FROM outbox o WHERE o.settled_at IS NULL AND o.queue = mine.queue AND o.created_at < mine.created_at
    ORDER BY o.created_at LIMIT p_most
  ) ahead
  WHERE mine.review_id = p_review_id AND mine.part = 0 AND mine.settled_at IS NULL;
$$;
--> statement-breakpoint

-- How many dead letters are there? p_most where there are more.
DROP FUNCTION count_dead_letters();
--> statement-breakpoint
CREATE FUNCTION count_dead_letters(p_most int) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM (SELECT FROM dead_letter d WHERE d.redriven_at IS NULL LIMIT p_most) open;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION count_backlog, queue_position, count_dead_letters FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION queue_position, count_dead_letters TO vigil_app;
