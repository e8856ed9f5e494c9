-- What accepting an event needs to know, with a list of each field of the recent events instead of an object of each event.
-- `device_context` stays for the release before.
CREATE FUNCTION intake_context(p_hash bytea, p_client_id text, p_zone text, p_now timestamptz, p_reported timestamptz,
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
    'masks', COALESCE((SELECT json_agg(m.area -> 'outline') FROM scene n, jsonb_array_elements(n.areas) AS m (area)
                WHERE n.device_id = d.id AND m.area ->> 'kind' = 'mask'), '[]'),
    'recent', (SELECT json_build_object('eventId', json_agg(r.id), 'deviceId', json_agg(r.device_id), 'type', json_agg(r.type),
                  'occurredAt', json_agg(r.occurred_at), 'zone', json_agg(r.zone), 'confidence', json_agg(r.confidence),
                  'mode', json_agg(r.mode), 'attributes', json_agg(r.attributes))
                FROM unnest(c.around) AS t (at) CROSS JOIN LATERAL (SELECT * FROM event e WHERE e.site_id = s.id
                  AND e.occurred_at BETWEEN lower(t.at) AND upper(t.at) ORDER BY e.occurred_at DESC
                  -- As many for each stretch of the length of one.
                  LIMIT p_events_max * GREATEST(1, round(extract(epoch FROM upper(t.at) - lower(t.at)) * 500 / p_events_ms)::int)) r),
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
--> statement-breakpoint
REVOKE ALL ON FUNCTION intake_context FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION intake_context TO vigil_app;
