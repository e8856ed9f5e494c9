DROP INDEX "session_by_account_and_time";--> statement-breakpoint
ALTER TABLE "digest" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "merged_into" text;--> statement-breakpoint
CREATE INDEX "digest_by_account_and_time" ON "digest" USING btree ("account_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "session_by_account_and_time" ON "session" USING btree ("account_id","first_event_at","id");--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_merged_is_closed" CHECK ("merged_into" IS NULL OR "state" = 'closed');
--> statement-breakpoint
-- What was known of clocks was kept in another form; three events teach it again.
UPDATE "device" SET "skew" = NULL;
--> statement-breakpoint
DROP FUNCTION device_context(bytea, text, text, timestamptz, timestamptz, timestamptz, int);
--> statement-breakpoint
-- Everything that accepting an event needs to know, in one round trip: the device behind the key, the sessions and events
-- of its site around that time, and whether the event is known. Null when the key is not a valid device key. A device's
-- clock may be wrong, so "that time" is the one that it reports, that one corrected by what is known, and now.
CREATE FUNCTION device_context(p_hash bytea, p_client_id text, p_zone text, p_now timestamptz, p_reported timestamptz,
  p_sessions_ms float8, p_events_ms float8, p_events_max int)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'deviceId', d.id, 'deviceZone', d.zone, 'clock', d.skew, 'accountId', a.id, 'tier', a.tier, 'timeZone', a.time_zone,
    'siteId', s.id, 'sessionsOpened', s.sessions_opened,
    'zoneEventsPerDay', zone_events_per_day(s.id, COALESCE(p_zone, d.zone), p_now),
    'known', (SELECT jsonb_build_object('id', e.id, 'sessionId', e.session_id, 'fingerprint', encode(e.fingerprint, 'hex'),
                'assessment', e.assessment, 'sealed', e.sealed_at IS NOT NULL)
              FROM event e WHERE e.device_id = d.id AND e.client_id = p_client_id),
    'sessions', COALESCE((SELECT jsonb_agg(DISTINCT jsonb_build_object('id', x.id, 'state', x.state,
                  'firstEventAt', x.first_event_at, 'lastEventAt', x.last_event_at, 'openedAt', x.opened_at))
                FROM unnest(c.instants) AS t (at) JOIN session x ON x.site_id = s.id AND x.merged_into IS NULL
                  -- A session is shorter than the reach.
                  AND x.last_event_at BETWEEN t.at - c.sessions_reach AND t.at + 2 * c.sessions_reach
                  AND x.first_event_at <= t.at + c.sessions_reach), '[]'),
    'recent', COALESCE((SELECT jsonb_agg(DISTINCT jsonb_build_object('eventId', r.id, 'deviceId', r.device_id, 'type', r.type,
                  'occurredAt', r.occurred_at, 'zone', r.zone, 'confidence', r.confidence, 'mode', r.mode,
                  'attributes', r.attributes))
                FROM unnest(c.instants) AS t (at) CROSS JOIN LATERAL (SELECT * FROM event e WHERE e.site_id = s.id
                  AND e.occurred_at BETWEEN t.at - c.events_reach AND t.at + c.events_reach
                  ORDER BY e.occurred_at DESC LIMIT p_events_max) r), '[]'),
    'dismissals', COALESCE((SELECT jsonb_agg(jsonb_build_object('type', f.type, 'zone', NULLIF(f.zone, ''), 'count', f.count))
                FROM (SELECT * FROM dismissal d2 WHERE d2.account_id = a.id ORDER BY d2.updated_at DESC LIMIT 200) f), '[]'))
  FROM api_key k
  JOIN device d ON d.id = k.subject_id AND d.removed_at IS NULL
  JOIN site s ON s.id = d.site_id
  JOIN account a ON a.id = d.account_id
  CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT instant) AS instants, p_sessions_ms * interval '1 millisecond' AS sessions_reach,
           p_events_ms * interval '1 millisecond' AS events_reach
    FROM unnest(ARRAY[p_now, p_reported, p_reported - COALESCE((d.skew ->> 'skewMs')::float8, 0) * interval '1 millisecond']) AS instant
  ) c
  WHERE k.hash = p_hash AND k.kind = 'device' AND k.revoked_at IS NULL;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION device_context(bytea, text, text, timestamptz, timestamptz, float8, float8, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION device_context(bytea, text, text, timestamptz, timestamptz, float8, float8, int) TO vigil_app;
