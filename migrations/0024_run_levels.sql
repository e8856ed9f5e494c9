-- How bulk work stands, of all accounts together: chunks that wait and since when, runs to be grouped, and how the items of runs
-- that were opened lately have ended.
CREATE FUNCTION run_levels(p_since timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'waiting', c.waiting, 'sent', c.sent, 'oldestAt', c.oldest_at,
    'toGroup', (SELECT count(*) FROM run WHERE state = 'grouping'),
    'items', (
      SELECT COALESCE(jsonb_object_agg(e.ending, e.items), '{}') FROM (
        SELECT COALESCE(i.ending, 'open') AS ending, count(*) AS items FROM run r JOIN run_item i ON i.run_id = r.id
        WHERE r.created_at >= p_since AND r.state <> 'cancelled' GROUP BY 1) e),
    'alike', (
      SELECT count(*) FROM run r JOIN run_item i ON i.run_id = r.id
      WHERE r.created_at >= p_since AND r.state <> 'cancelled' AND i.group_no IS NOT NULL AND i.group_no <> i.no))
  FROM (
    SELECT count(*) FILTER (WHERE c.state = 'waiting') AS waiting, count(*) FILTER (WHERE c.state = 'sent') AS sent,
      min(c.created_at) AS oldest_at
    FROM run_chunk c JOIN run r ON r.id = c.run_id AND r.paused_at IS NULL AND r.state IN ('listing', 'running')
    WHERE c.state IN ('waiting', 'sent')) c;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION run_levels FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION run_levels TO vigil_app;
