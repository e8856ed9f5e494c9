-- The messages of these deliveries are in the queue: the short lease of whoever sent them becomes the long one of a message
-- that is waited for. One whose attempt has begun since, or that was leased anew, has another lease and is left alone.
CREATE FUNCTION note_sent_deliveries(p_ids text[], p_leased_until timestamptz, p_until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE delivery SET claimed_until = p_until
  WHERE id = ANY (p_ids) AND state = 'pending' AND claimed_until = p_leased_until;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_sent_deliveries FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION note_sent_deliveries TO vigil_app;
