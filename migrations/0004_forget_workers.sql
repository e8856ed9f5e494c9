-- Forgets workers that have been silent since then, and of the others those that were silent longest, beyond so many.
CREATE FUNCTION forget_workers(p_before timestamptz, p_keep int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH kept AS (
    SELECT w.id FROM worker w WHERE w.seen_at >= p_before ORDER BY w.seen_at DESC, w.id LIMIT p_keep
  ), old AS (
    SELECT w.id FROM worker w WHERE w.id NOT IN (SELECT k.id FROM kept k) FOR UPDATE SKIP LOCKED
  ), forgotten AS (
    DELETE FROM worker w USING old WHERE w.id = old.id RETURNING 1
  )
  SELECT count(*) FROM forgotten;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION forget_workers(timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION forget_workers(timestamptz, int) TO vigil_app;
