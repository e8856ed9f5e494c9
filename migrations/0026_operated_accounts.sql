-- Every account as operators see it, the newest first: what it is called and pays for, and how much there is of it. Nothing that
-- it has seen. `p_words`: a part of its name, or its id.
CREATE FUNCTION operated_accounts(p_before text, p_words text, p_limit int)
RETURNS TABLE (id text, name text, tier text, time_zone text, created_at timestamptz, members bigint, devices bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.name, a.tier, a.time_zone, a.created_at,
    (SELECT count(*) FROM member m WHERE m.account_id = a.id AND m.removed_at IS NULL),
    (SELECT count(*) FROM device d WHERE d.account_id = a.id AND d.removed_at IS NULL)
  FROM account a
  WHERE (p_before IS NULL OR a.id < p_before)
    AND (p_words IS NULL OR a.id = p_words OR position(lower(p_words) IN lower(a.name)) > 0)
  ORDER BY a.id DESC LIMIT p_limit;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION operated_accounts FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION operated_accounts TO vigil_app;
