CREATE TABLE "shadow_result" (
	"account_id" text NOT NULL,
	"experiment_id" text NOT NULL,
	"review_id" text NOT NULL,
	"moment_id" text NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "shadow_result_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"champion" jsonb NOT NULL,
	"challenger" jsonb NOT NULL,
	"kinds" jsonb NOT NULL,
	"slices" jsonb NOT NULL,
	"outcome" text,
	"counted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shadow_result_experiment_id_review_id_pk" PRIMARY KEY("experiment_id","review_id")
);
--> statement-breakpoint
ALTER TABLE "shadow_result" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "model_trials" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "experiment" ADD COLUMN "shadow_share" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "shadow_result" ADD CONSTRAINT "shadow_result_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_result" ADD CONSTRAINT "shadow_result_experiment_id_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_result" ADD CONSTRAINT "shadow_result_account_id_review_id_review_account_id_id_fk" FOREIGN KEY ("account_id","review_id") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_result" ADD CONSTRAINT "shadow_result_account_id_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shadow_result_by_account" ON "shadow_result" USING btree ("account_id","review_id");--> statement-breakpoint
CREATE INDEX "shadow_result_uncounted" ON "shadow_result" USING btree ("experiment_id","no") WHERE not counted;--> statement-breakpoint
CREATE POLICY "own_rows" ON "shadow_result" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint

-- What was counted is emptied, and an account that takes no part any more has its rows erased: nothing else changes them.
GRANT SELECT, INSERT, DELETE ON "shadow_result" TO vigil_app;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION open_experiment(p_opened jsonb, p_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO experiment (id, state, champion, challenger, margin_points, slices, shadow_share, standing, actor, opened_at)
  VALUES (p_opened ->> 'id', 'running', p_opened -> 'champion', p_opened -> 'challenger', (p_opened ->> 'marginPoints')::float8,
    p_opened -> 'slices', coalesce((p_opened ->> 'shadowShare')::float8, 0), p_opened -> 'standing', p_opened ->> 'actor', p_at);
$$;
--> statement-breakpoint

-- What workers are to look at a share of reviews with as well: the challenger of the newest experiment that has a share.
CREATE FUNCTION shadow_wish() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('experimentId', e.id, 'model', e.challenger, 'share', e.shadow_share)
  FROM experiment e WHERE e.state = 'running' AND e.shadow_share > 0 ORDER BY e.id DESC LIMIT 1;
$$;
--> statement-breakpoint

-- What waits for an answer, of accounts that take part and of pictures that are there, the oldest first.
CREATE FUNCTION open_shadow_results(p_experiment text, p_limit int) RETURNS TABLE (no bigint, account_id text, review_id text,
  event_id text, moment_id text, champion jsonb, challenger jsonb, kinds jsonb, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.no, s.account_id, s.review_id, m.event_id, s.moment_id, s.champion, s.challenger, s.kinds, s.created_at
  FROM shadow_result s
  JOIN account a ON a.id = s.account_id AND a.model_trials
  JOIN moment m ON m.account_id = s.account_id AND m.id = s.moment_id AND m.state = 'ready'
  WHERE s.experiment_id = p_experiment AND NOT s.counted AND s.outcome IS NULL ORDER BY s.no LIMIT p_limit;
$$;
--> statement-breakpoint
CREATE FUNCTION answer_shadow_result(p_experiment text, p_no bigint, p_outcome text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE shadow_result SET outcome = p_outcome WHERE experiment_id = p_experiment AND no = p_no AND NOT counted AND outcome IS NULL;
$$;
--> statement-breakpoint

-- Those before the first that waits for an answer, in their order.
CREATE FUNCTION settled_shadow_results(p_experiment text, p_limit int) RETURNS TABLE (no bigint, review_id text, outcome text, slices jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.no, s.review_id, s.outcome, s.slices FROM shadow_result s
  WHERE s.experiment_id = p_experiment AND NOT s.counted AND s.outcome IS NOT NULL AND NOT EXISTS (
    SELECT FROM shadow_result o WHERE o.experiment_id = p_experiment AND NOT o.counted AND o.outcome IS NULL AND o.no < s.no)
  ORDER BY s.no LIMIT p_limit;
$$;
--> statement-breakpoint

-- They are pairs now: what the two models saw is not needed any more.
CREATE FUNCTION count_shadow_results(p_experiment text, p_nos bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE shadow_result SET counted = true, champion = '[]', challenger = '[]'
  WHERE experiment_id = p_experiment AND no = ANY (p_nos) AND outcome IS NOT NULL;
$$;
--> statement-breakpoint

-- Those of experiments that have ended, old ones, and those that wait for an answer on a picture that is gone.
CREATE FUNCTION forget_shadow_results(p_before timestamptz, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (
    SELECT s.ctid AS place FROM shadow_result s
    JOIN experiment e ON e.id = s.experiment_id
    JOIN moment m ON m.account_id = s.account_id AND m.id = s.moment_id
    WHERE s.created_at < p_before OR e.state <> 'running' OR (s.outcome IS NULL AND m.state <> 'ready')
    LIMIT p_limit FOR UPDATE OF s SKIP LOCKED
  ), gone AS (
    DELETE FROM shadow_result s USING old WHERE s.ctid = old.place RETURNING 1
  )
  SELECT count(*) FROM gone;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION shadow_wish, open_shadow_results, answer_shadow_result, settled_shadow_results, count_shadow_results,
  forget_shadow_results FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION shadow_wish, open_shadow_results, answer_shadow_result, settled_shadow_results, count_shadow_results,
  forget_shadow_results TO vigil_app;
