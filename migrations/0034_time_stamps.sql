ALTER TABLE "log_checkpoint" ADD COLUMN "time_stamp" "bytea";--> statement-breakpoint
CREATE INDEX "log_checkpoint_unstamped" ON "log_checkpoint" USING btree ("signed_at") WHERE time_stamp is null;--> statement-breakpoint

-- Signed states since then that have no time stamp, the newest first.
CREATE FUNCTION unstamped_checkpoints(p_since timestamptz, p_limit int) RETURNS SETOF log_checkpoint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM log_checkpoint WHERE time_stamp IS NULL AND signed_at >= p_since ORDER BY size DESC LIMIT p_limit;
$$;
--> statement-breakpoint

-- Once: the first that comes stays.
CREATE FUNCTION keep_time_stamp(p_size bigint, p_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE log_checkpoint SET time_stamp = p_token WHERE size = p_size AND time_stamp IS NULL;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION unstamped_checkpoints, keep_time_stamp FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION unstamped_checkpoints, keep_time_stamp TO vigil_app;
