ALTER TABLE "delivery" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "traceparent" text;--> statement-breakpoint
-- As claim_deliveries, which the release before calls; and which trace each belongs to.
CREATE FUNCTION lease_deliveries(p_now timestamptz, p_until timestamptz, p_limit int, p_per_endpoint int)
RETURNS TABLE (account_id text, delivery_id text, traceparent text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.account_id, c.delivery_id, d.traceparent
  FROM claim_deliveries(p_now, p_until, p_limit, p_per_endpoint) c JOIN delivery d ON d.id = c.delivery_id;
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION lease_deliveries FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION lease_deliveries TO vigil_app;
