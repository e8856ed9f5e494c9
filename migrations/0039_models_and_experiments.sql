CREATE TABLE "experiment" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"champion" jsonb NOT NULL,
	"challenger" jsonb NOT NULL,
	"margin_points" double precision NOT NULL,
	"slices" jsonb NOT NULL,
	"standing" jsonb NOT NULL,
	"actor" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "experiment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "experiment_pair" (
	"experiment_id" text NOT NULL,
	"key" text NOT NULL,
	"no" integer NOT NULL,
	"outcome" text NOT NULL,
	"slices" jsonb NOT NULL,
	CONSTRAINT "experiment_pair_experiment_id_key_pk" PRIMARY KEY("experiment_id","key")
);
--> statement-breakpoint
ALTER TABLE "experiment_pair" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model" (
	"sha256" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"licence" text NOT NULL,
	"agreement" text NOT NULL,
	"actor" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "model" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_decision" (
	"no" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"model" jsonb,
	"leaf" jsonb NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "model_decision" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "experiment_pair" ADD CONSTRAINT "experiment_pair_experiment_id_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "experiment_pair_in_order" ON "experiment_pair" USING btree ("experiment_id","no");--> statement-breakpoint

-- The application sees none of their rows: no policy lets it.
GRANT SELECT ON "experiment", "experiment_pair", "model", "model_decision" TO vigil_app;
--> statement-breakpoint

-- A model is what its hash says: registered once more, its words are the newest.
CREATE FUNCTION register_model(p_model jsonb, p_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO model (sha256, name, licence, agreement, actor, registered_at)
  VALUES (p_model ->> 'sha256', p_model ->> 'name', p_model ->> 'licence', p_model ->> 'agreement', p_model ->> 'actor', p_at)
  ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, licence = excluded.licence, agreement = excluded.agreement,
    actor = excluded.actor;
$$;
--> statement-breakpoint
CREATE FUNCTION registered_models() RETURNS SETOF model
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM model ORDER BY registered_at DESC, sha256;
$$;
--> statement-breakpoint

-- What workers run that were heard of since then.
CREATE FUNCTION models_in_use(p_since timestamptz) RETURNS TABLE (model jsonb, workers bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.model, count(*) FROM worker w WHERE w.seen_at >= p_since GROUP BY w.model ORDER BY count(*) DESC, w.model ->> 'name';
$$;
--> statement-breakpoint
CREATE FUNCTION current_model() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.model FROM model_decision d ORDER BY d.no DESC LIMIT 1;
$$;
--> statement-breakpoint
CREATE FUNCTION model_decisions() RETURNS SETOF model_decision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM model_decision ORDER BY no;
$$;
--> statement-breakpoint
CREATE FUNCTION decide_model(p_decision jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO model_decision (no, kind, model, leaf, note)
  VALUES ((p_decision ->> 'no')::int, p_decision ->> 'kind', nullif(p_decision -> 'model', 'null'), p_decision -> 'leaf', p_decision ->> 'note');
$$;
--> statement-breakpoint
CREATE FUNCTION open_experiment(p_opened jsonb, p_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO experiment (id, state, champion, challenger, margin_points, slices, standing, actor, opened_at)
  VALUES (p_opened ->> 'id', 'running', p_opened -> 'champion', p_opened -> 'challenger', (p_opened ->> 'marginPoints')::float8,
    p_opened -> 'slices', p_opened -> 'standing', p_opened ->> 'actor', p_at);
$$;
--> statement-breakpoint

-- The newest first, or the one that is named.
CREATE FUNCTION experiments(p_id text, p_limit int) RETURNS SETOF experiment
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM experiment WHERE p_id IS NULL OR id = p_id ORDER BY id DESC LIMIT p_limit;
$$;
--> statement-breakpoint
CREATE FUNCTION move_experiment(p_id text, p_from text[], p_to text, p_at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH moved AS (
    UPDATE experiment SET state = p_to, ended_at = p_at WHERE id = p_id AND state = ANY (p_from) RETURNING id
  )
  SELECT count(*) > 0 FROM moved;
$$;
--> statement-breakpoint
CREATE FUNCTION save_experiment_standing(p_id text, p_standing jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE experiment SET standing = p_standing WHERE id = p_id;
$$;
--> statement-breakpoint

-- In the order in which they are sent; a key that is known, or comes twice, counts once. Whoever calls it holds the lock on models.
CREATE FUNCTION record_experiment_pairs(p_id text, p_pairs jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO experiment_pair (experiment_id, key, no, outcome, slices)
  SELECT p_id, x.pair ->> 'key', (SELECT coalesce(max(p.no), 0) FROM experiment_pair p WHERE p.experiment_id = p_id) + x.place,
    x.pair ->> 'outcome', x.pair -> 'slices'
  FROM jsonb_array_elements(p_pairs) WITH ORDINALITY AS x (pair, place)
  ON CONFLICT DO NOTHING;
$$;
--> statement-breakpoint
CREATE FUNCTION experiment_pairs(p_id text) RETURNS SETOF experiment_pair
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM experiment_pair WHERE experiment_id = p_id ORDER BY no;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION register_model, registered_models, models_in_use, current_model, model_decisions, decide_model,
  open_experiment, experiments, move_experiment, save_experiment_standing, record_experiment_pairs, experiment_pairs FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION register_model, registered_models, models_in_use, current_model, model_decisions, decide_model,
  open_experiment, experiments, move_experiment, save_experiment_standing, record_experiment_pairs, experiment_pairs TO vigil_app;
