ALTER TABLE "event" ADD COLUMN "announcing_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "event_announcing" ON "event" USING btree ("announcing_until") WHERE announcing_until is not null;--> statement-breakpoint

-- Events of which evidence was announced one by one, and of which nobody has announced any for a while.
CREATE FUNCTION events_left_announcing(p_now timestamptz, p_limit int) RETURNS TABLE (account_id text, device_id text, event_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.account_id, e.device_id, e.id FROM event e WHERE e.announcing_until <= p_now ORDER BY e.announcing_until LIMIT p_limit;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION events_left_announcing FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION events_left_announcing TO vigil_app;
