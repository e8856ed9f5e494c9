CREATE TABLE "deployment" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"version" text NOT NULL,
	"stable" text NOT NULL,
	"share" double precision NOT NULL,
	"observations" integer DEFAULT 0 NOT NULL,
	"traffic" jsonb NOT NULL,
	"reasons" jsonb NOT NULL,
	"actor" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "deployment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- The application sees none of its rows: no policy lets it.
GRANT SELECT ON "deployment" TO vigil_app;
--> statement-breakpoint
CREATE FUNCTION open_deployment(p_opened jsonb, p_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO deployment (id, state, version, stable, share, traffic, reasons, actor, opened_at)
  VALUES (p_opened ->> 'id', 'running', p_opened ->> 'version', p_opened ->> 'stable', (p_opened ->> 'share')::float8,
    p_opened -> 'traffic', p_opened -> 'reasons', p_opened ->> 'actor', p_at);
$$;
--> statement-breakpoint

-- The newest first, or the one that is named.
CREATE FUNCTION deployments(p_id text, p_limit int) RETURNS SETOF deployment
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM deployment WHERE p_id IS NULL OR id = p_id ORDER BY id DESC LIMIT p_limit;
$$;
--> statement-breakpoint

-- What has ended stays as it is.
CREATE FUNCTION change_deployment(p_id text, p_to jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE deployment SET state = p_to ->> 'state', observations = (p_to ->> 'observations')::int, traffic = p_to -> 'traffic',
    reasons = p_to -> 'reasons', ended_at = (p_to ->> 'endedAt')::timestamptz
  WHERE id = p_id AND state = 'running';
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_deployment, deployments, change_deployment FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_deployment, deployments, change_deployment TO vigil_app;
