CREATE TABLE "enrolment" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"device_id" text,
	"key_id" text,
	"device_code_hash" "bytea" NOT NULL,
	"user_code" text NOT NULL,
	"state" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"polled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "enrolment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "enrolment_guess" (
	"account_id" text PRIMARY KEY NOT NULL,
	"wrong" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "enrolment_guess" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_key" DROP CONSTRAINT "api_key_expires";--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "customer" text;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "is_past_due" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "ends_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_by_account" ON "api_key" USING btree ("account_id","id");--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_account_id_key_id_api_key_account_id_id_fk" FOREIGN KEY ("account_id","key_id") REFERENCES "public"."api_key"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_guess" ADD CONSTRAINT "enrolment_guess_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_device_code" ON "enrolment" USING btree ("device_code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_user_code" ON "enrolment" USING btree ("user_code");--> statement-breakpoint
CREATE INDEX "enrolment_by_end" ON "enrolment" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "enrolment_by_account" ON "enrolment" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_expires" CHECK (expires_at is null or kind in ('member', 'device'));--> statement-breakpoint
CREATE POLICY "own_rows" ON "enrolment" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "enrolment_guess" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "enrolment", "enrolment_guess" TO vigil_app;
--> statement-breakpoint

-- A device asks to be let in. `taken`: another has this code; `full`: too many wait. What ended goes first.
CREATE FUNCTION ask_enrolment(p_id text, p_device_code_hash bytea, p_user_code text, p_name text, p_kind text, p_now timestamptz,
  p_until timestamptz, p_waiting_max int) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM enrolment WHERE id IN (SELECT id FROM enrolment WHERE expires_at <= p_now ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED);
  IF (SELECT count(*) FROM (SELECT 1 FROM enrolment WHERE expires_at > p_now LIMIT p_waiting_max) AS waiting) >= p_waiting_max THEN
    RETURN 'full';
  END IF;
  INSERT INTO enrolment (id, device_code_hash, user_code, state, name, kind, asked_at, expires_at)
  VALUES (p_id, p_device_code_hash, p_user_code, 'waiting', p_name, p_kind, p_now, p_until)
  ON CONFLICT DO NOTHING;
  RETURN CASE WHEN FOUND THEN 'made' ELSE 'taken' END;
END $$;
--> statement-breakpoint

-- The device that waits with this code, if one does. Nobody else lets it in before the transaction ends.
CREATE FUNCTION lock_enrolment(p_user_code text, p_now timestamptz)
RETURNS TABLE (id text, name text, kind text, asked_at timestamptz, expires_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, e.name, e.kind, e.asked_at, e.expires_at FROM enrolment e
  WHERE e.user_code = p_user_code AND e.state = 'waiting' AND e.expires_at > p_now
  FOR UPDATE;
$$;
--> statement-breakpoint

-- Lets it in, or turns it away: whoever has locked it.
CREATE FUNCTION grant_enrolment(p_id text, p_account_id text, p_device_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE enrolment SET state = 'granted', account_id = p_account_id, device_id = p_device_id
  WHERE id = p_id AND state = 'waiting' AND p_account_id = current_setting('vigil.account_id', true);
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_enrolment(p_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE enrolment SET state = 'refused' WHERE id = p_id AND state = 'waiting';
$$;
--> statement-breakpoint

-- Where does it stand? Of questions that come at once, one is not too soon.
CREATE FUNCTION poll_enrolment(p_device_code_hash bytea, p_now timestamptz, p_not_since timestamptz)
RETURNS TABLE (id text, account_id text, state text, is_too_soon boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH before AS (
    SELECT e.id, COALESCE(e.polled_at > p_not_since, false) AS is_too_soon FROM enrolment e
    WHERE e.device_code_hash = p_device_code_hash AND e.expires_at > p_now
    FOR UPDATE
  )
  UPDATE enrolment e SET polled_at = CASE WHEN before.is_too_soon THEN e.polled_at ELSE p_now END
  FROM before WHERE e.id = before.id
  RETURNING e.id, e.account_id, e.state, before.is_too_soon;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ask_enrolment, lock_enrolment, grant_enrolment, refuse_enrolment, poll_enrolment FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ask_enrolment, lock_enrolment, grant_enrolment, refuse_enrolment, poll_enrolment TO vigil_app;
--> statement-breakpoint

-- A device's key may end, too: once another has taken its place.
CREATE OR REPLACE FUNCTION device_context(p_hash bytea, p_client_id text, p_zone text, p_now timestamptz, p_reported timestamptz,
  p_sessions_ms float8, p_events_ms float8, p_events_max int, p_traffic_ms float8)
RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT json_build_object(
    'deviceId', d.id, 'deviceZone', d.zone, 'clock', d.skew, 'accountId', a.id, 'tier', a.tier, 'timeZone', a.time_zone,
    'siteId', s.id, 'sessionsOpened', s.sessions_opened,
    'zoneEventsPerDay', CASE
      WHEN s.created_at > p_now - interval '3 days' THEN NULL
      WHEN c.is_measured THEN COALESCE((s.traffic ->> COALESCE(p_zone, d.zone, ''))::float8, 0)
      ELSE zone_events_per_day(s.id, COALESCE(p_zone, d.zone), p_now) END,
    'isTrafficDue', NOT c.is_measured AND s.created_at <= p_now - interval '3 days',
    'known', (SELECT json_build_object('id', e.id, 'sessionId', e.session_id, 'fingerprint', encode(e.fingerprint, 'hex'),
                'assessment', e.assessment, 'sealed', e.sealed_at IS NOT NULL)
              FROM event e WHERE e.device_id = d.id AND e.client_id = p_client_id),
    'sessions', COALESCE((SELECT json_agg(json_build_object('id', x.id, 'state', x.state,
                  'firstEventAt', x.first_event_at, 'lastEventAt', x.last_event_at, 'openedAt', x.opened_at))
                FROM (SELECT DISTINCT ON (y.id) y.* FROM unnest(c.near) AS t (at) CROSS JOIN LATERAL (
                  SELECT * FROM session z WHERE z.site_id = s.id
                    -- A session is shorter than the reach.
                    AND z.last_event_at BETWEEN lower(t.at) AND upper(t.at) + c.sessions_reach
                  -- By the index, whatever the planner thinks of how many stretches there are.
                  OFFSET 0) y
                  WHERE y.merged_into IS NULL AND y.first_event_at <= upper(t.at)) x), '[]'),
    'recent', COALESCE((SELECT json_agg(json_build_object('eventId', r.id, 'deviceId', r.device_id, 'type', r.type,
                  'occurredAt', r.occurred_at, 'zone', r.zone, 'confidence', r.confidence, 'mode', r.mode,
                  'attributes', r.attributes))
                FROM unnest(c.around) AS t (at) CROSS JOIN LATERAL (SELECT * FROM event e WHERE e.site_id = s.id
                  AND e.occurred_at BETWEEN lower(t.at) AND upper(t.at) ORDER BY e.occurred_at DESC
                  -- As many for each stretch of the length of one.
                  LIMIT p_events_max * GREATEST(1, round(extract(epoch FROM upper(t.at) - lower(t.at)) * 500 / p_events_ms)::int)) r), '[]'),
    'dismissals', COALESCE((SELECT json_agg(json_build_object('type', f.type, 'zone', NULLIF(f.zone, ''), 'count', f.count))
                FROM (SELECT * FROM dismissal d2 WHERE d2.account_id = a.id ORDER BY d2.updated_at DESC LIMIT 200) f), '[]'))
  FROM api_key k
  JOIN device d ON d.id = k.subject_id AND d.removed_at IS NULL
  JOIN site s ON s.id = d.site_id
  JOIN account a ON a.id = d.account_id
  CROSS JOIN LATERAL (
    SELECT p_sessions_ms * interval '1 millisecond' AS sessions_reach,
      range_agg(tstzrange(i.at - p_sessions_ms * interval '1 millisecond', i.at + p_sessions_ms * interval '1 millisecond', '[]')) AS near,
      range_agg(tstzrange(i.at - p_events_ms * interval '1 millisecond', i.at + p_events_ms * interval '1 millisecond', '[]')) AS around,
      COALESCE(s.traffic_at BETWEEN p_now - p_traffic_ms * interval '1 millisecond' AND p_now, false) AS is_measured
    FROM unnest(ARRAY[p_now, p_reported, p_reported - COALESCE((d.skew ->> 'skewMs')::float8, 0) * interval '1 millisecond']) AS i (at)
  ) c
  WHERE k.hash = p_hash AND k.kind = 'device' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > p_now);
$$;
