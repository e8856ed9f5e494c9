-- The application role may read and write rows; row-level security decides which.
GRANT USAGE ON SCHEMA public TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO vigil_app;
--> statement-breakpoint
-- What is appended is never changed.
REVOKE UPDATE, DELETE ON audit, digest_part FROM vigil_app;
--> statement-breakpoint
-- No policy opens these two; the functions below are the only way in.
REVOKE INSERT, UPDATE, DELETE ON worker, system_state FROM vigil_app;
--> statement-breakpoint

-- Everything below runs as the owner of the tables: the complete list of ways across the tenant border. Each answers one
-- question, with no more than the caller needs to go on inside one account.

-- Whose key is this? Notes its use at most once a minute.
CREATE FUNCTION authenticate_key(p_hash bytea)
RETURNS TABLE (key_id text, kind text, account_id text, subject_id text, role text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (
    UPDATE api_key SET last_used_at = now()
    WHERE hash = p_hash AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
  )
  SELECT k.id, k.kind, k.account_id, k.subject_id, m.role
  FROM api_key k
  LEFT JOIN device d ON k.kind = 'device' AND d.id = k.subject_id
  LEFT JOIN member m ON k.kind = 'member' AND m.id = k.subject_id
  WHERE k.hash = p_hash AND k.revoked_at IS NULL AND d.removed_at IS NULL;
$$;
--> statement-breakpoint

-- How many events a day are usual in this zone of a site: null until the site is known for three days. Reads the newest
-- 500 events of the last two weeks, so that a busy site costs no more than a quiet one.
CREATE FUNCTION zone_events_per_day(p_site_id text, p_zone text, p_now timestamptz) RETURNS float8
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN s.created_at > p_now - interval '3 days' THEN NULL ELSE (
    SELECT count(*) FILTER (WHERE e.zone IS NOT DISTINCT FROM p_zone)
           / GREATEST(1, extract(epoch FROM p_now - CASE WHEN count(*) < 500 THEN GREATEST(s.created_at, p_now - interval '14 days') ELSE min(e.occurred_at) END) / 86400)
    FROM (SELECT zone, occurred_at FROM event WHERE site_id = s.id AND occurred_at BETWEEN p_now - interval '14 days' AND p_now
          ORDER BY occurred_at DESC LIMIT 500) e) END
  FROM site s WHERE s.id = p_site_id;
$$;
--> statement-breakpoint

-- Everything that accepting an event needs to know, in one round trip: the device behind the key, the sessions and events
-- of its site around that time, and whether the event is known. Null when the key is not a valid device key.
CREATE FUNCTION device_context(p_hash bytea, p_client_id text, p_zone text, p_now timestamptz, p_from timestamptz, p_until timestamptz,
  p_events_max int)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'deviceId', d.id, 'deviceZone', d.zone, 'skew', d.skew, 'accountId', a.id, 'tier', a.tier, 'timeZone', a.time_zone,
    'siteId', s.id, 'sessionsOpened', s.sessions_opened,
    'zoneEventsPerDay', zone_events_per_day(s.id, COALESCE(p_zone, d.zone), p_now),
    'known', (SELECT jsonb_build_object('id', e.id, 'sessionId', e.session_id, 'fingerprint', encode(e.fingerprint, 'hex'),
                'assessment', e.assessment, 'sealed', e.sealed_at IS NOT NULL)
              FROM event e WHERE e.device_id = d.id AND e.client_id = p_client_id),
    'sessions', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'state', x.state,
                  'firstEventAt', x.first_event_at, 'lastEventAt', x.last_event_at, 'openedAt', x.opened_at))
                FROM session x WHERE x.site_id = s.id AND x.last_event_at >= p_from AND x.first_event_at <= p_until), '[]'),
    'recent', COALESCE((SELECT jsonb_agg(jsonb_build_object('eventId', r.id, 'deviceId', r.device_id, 'type', r.type,
                  'occurredAt', r.occurred_at, 'zone', r.zone, 'confidence', r.confidence, 'mode', r.mode,
                  'attributes', r.attributes))
                FROM (SELECT * FROM event e WHERE e.site_id = s.id AND e.occurred_at BETWEEN p_from AND p_until
                      ORDER BY e.occurred_at DESC LIMIT p_events_max) r), '[]'),
    'dismissals', COALESCE((SELECT jsonb_agg(jsonb_build_object('type', f.type, 'zone', NULLIF(f.zone, ''), 'count', f.count))
                FROM (SELECT * FROM dismissal d2 WHERE d2.account_id = a.id ORDER BY d2.updated_at DESC LIMIT 200) f), '[]'))
  FROM api_key k
  JOIN device d ON d.id = k.subject_id AND d.removed_at IS NULL
  JOIN site s ON s.id = d.site_id
  JOIN account a ON a.id = d.account_id
  WHERE k.hash = p_hash AND k.kind = 'device' AND k.revoked_at IS NULL;
$$;
--> statement-breakpoint

-- Which sessions are due to close?
CREATE FUNCTION due_sessions(p_now timestamptz, p_limit int) RETURNS TABLE (account_id text, session_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.account_id, s.id FROM session s WHERE s.state = 'open' AND s.closes_at <= p_now ORDER BY s.closes_at LIMIT p_limit;
$$;
--> statement-breakpoint

-- Whose review, or session, is this?
CREATE FUNCTION account_of_review(p_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM review WHERE id = p_id;
$$;
--> statement-breakpoint
CREATE FUNCTION account_of_session(p_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM session WHERE id = p_id;
$$;
--> statement-breakpoint

-- Accounts with jobs that wait to be sent. The recursion hops from account to account along the index instead of reading
-- one account's whole backlog.
CREATE FUNCTION waiting_accounts() RETURNS TABLE (account_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE tenant (id) AS (
    (SELECT min(o.account_id) FROM outbox o WHERE o.sent_at IS NULL AND o.settled_at IS NULL)
    UNION ALL
    SELECT (SELECT min(o.account_id) FROM outbox o WHERE o.sent_at IS NULL AND o.settled_at IS NULL AND o.account_id > tenant.id)
    FROM tenant WHERE tenant.id IS NOT NULL
  )
  SELECT tenant.id FROM tenant WHERE tenant.id IS NOT NULL;
$$;
--> statement-breakpoint

-- Jobs that wait to be sent, at most p_per_account of each account and queue, the most urgent and oldest first.
CREATE FUNCTION waiting_jobs(p_now timestamptz, p_per_account int)
RETURNS TABLE (outbox_id text, account_id text, review_id text, queue text, urgency int, moments int, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.id, j.account_id, j.review_id, j.queue, j.urgency, j.moments, j.created_at
  FROM waiting_accounts() tenant
  CROSS JOIN (VALUES ('priority'), ('standard')) AS q (name)
  CROSS JOIN LATERAL (
    SELECT o.* FROM outbox o
    WHERE o.account_id = tenant.account_id AND o.queue = q.name AND o.sent_at IS NULL AND o.settled_at IS NULL
      AND (o.claimed_until IS NULL OR o.claimed_until <= p_now)
    ORDER BY o.urgency DESC, o.created_at
    LIMIT p_per_account
  ) j;
$$;
--> statement-breakpoint

-- What accounts that wait were given: moments admitted since, and when one was admitted last. An account that was never
-- given anything is left out.
CREATE FUNCTION recent_admissions(p_since timestamptz)
RETURNS TABLE (account_id text, moments bigint, last_admitted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT tenant.account_id,
         COALESCE((SELECT sum(o.moments) FROM outbox o WHERE o.account_id = tenant.account_id AND o.admitted_at >= p_since), 0),
         newest.admitted_at
  FROM waiting_accounts() tenant
  CROSS JOIN LATERAL (
    SELECT o.admitted_at FROM outbox o WHERE o.account_id = tenant.account_id AND o.admitted_at IS NOT NULL
    ORDER BY o.admitted_at DESC LIMIT 1
  ) newest;
$$;
--> statement-breakpoint

-- Jobs that have a place in the queue, by account and queue: sent and not ended, or claimed by a publisher that is sending.
CREATE FUNCTION jobs_in_flight(p_now timestamptz) RETURNS TABLE (account_id text, queue text, jobs bigint, moments bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.account_id, o.queue, count(*), sum(o.moments) FROM outbox o
  WHERE o.settled_at IS NULL AND o.admitted_at IS NOT NULL AND (o.sent_at IS NOT NULL OR o.claimed_until > p_now)
  GROUP BY o.account_id, o.queue;
$$;
--> statement-breakpoint

-- How many jobs of the queue were sent before that and have not ended?
CREATE FUNCTION overdue_jobs(p_queue text, p_sent_before timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM outbox o
  WHERE o.settled_at IS NULL AND o.admitted_at IS NOT NULL AND o.queue = p_queue AND o.sent_at < p_sent_before;
$$;
--> statement-breakpoint
-- Lets them wait to be sent again.
CREATE FUNCTION release_overdue_jobs(p_queue text, p_sent_before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH released AS (
    UPDATE outbox o SET sent_at = NULL, claimed_until = NULL
    WHERE o.settled_at IS NULL AND o.admitted_at IS NOT NULL AND o.queue = p_queue AND o.sent_at < p_sent_before
    RETURNING o.id
  )
  SELECT count(*) FROM released;
$$;
--> statement-breakpoint

-- Takes the jobs for p_until; answers those that were still to be had, so that two publishers never take the same one.
CREATE FUNCTION claim_jobs(p_ids text[], p_now timestamptz, p_until timestamptz)
RETURNS TABLE (outbox_id text, account_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE outbox o SET claimed_until = p_until, admitted_at = p_now
  WHERE o.id = ANY (p_ids) AND o.sent_at IS NULL AND o.settled_at IS NULL
    AND (o.claimed_until IS NULL OR o.claimed_until <= p_now)
  RETURNING o.id, o.account_id;
$$;
--> statement-breakpoint

-- How much work there is: jobs that have not ended, and the moments in them.
CREATE FUNCTION queue_depth() RETURNS TABLE (queue text, jobs bigint, moments bigint, oldest_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.queue, count(*), sum(o.moments), min(o.created_at) FROM outbox o WHERE o.settled_at IS NULL GROUP BY o.queue;
$$;
--> statement-breakpoint

-- How many jobs of the same queue were asked for before this one and have not ended.
CREATE FUNCTION queue_position(p_review_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM outbox o
  JOIN outbox mine ON mine.review_id = p_review_id AND mine.part = 0
  WHERE o.settled_at IS NULL AND mine.settled_at IS NULL AND o.queue = mine.queue AND o.created_at < mine.created_at;
$$;
--> statement-breakpoint

-- Events whose evidence became ready before that, and of which nobody has decided yet what it asks for.
CREATE FUNCTION events_to_follow_up(p_before timestamptz, p_limit int) RETURNS TABLE (account_id text, event_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.account_id, e.id FROM event e WHERE e.follow_up_at < p_before ORDER BY e.follow_up_at LIMIT p_limit;
$$;
--> statement-breakpoint

-- For operators: jobs that came to nothing and were not sent once more, the latest first; after p_before (and the review
-- and part of its last row) where a page goes on.
CREATE FUNCTION dead_letters(p_before timestamptz, p_review_id text, p_part int, p_limit int)
RETURNS TABLE (account_id text, review_id text, session_id text, part int, source text, reason text, died_at timestamptz, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.account_id, d.review_id, r.session_id, d.part, d.source, d.reason, d.died_at, r.state
  FROM dead_letter d JOIN review r ON r.id = d.review_id
  WHERE d.redriven_at IS NULL AND (p_before IS NULL OR (d.died_at, d.review_id, d.part) < (p_before, p_review_id, p_part))
  ORDER BY d.died_at DESC, d.review_id DESC, d.part DESC LIMIT p_limit;
$$;
--> statement-breakpoint
-- How many are there?
CREATE FUNCTION count_dead_letters() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM dead_letter d WHERE d.redriven_at IS NULL;
$$;
--> statement-breakpoint

-- Forgets answers that no replay may ask for any longer; at most so many at once.
CREATE FUNCTION forget_answers(p_before timestamptz, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (
    SELECT i.ctid FROM idempotency i WHERE i.created_at < p_before ORDER BY i.created_at LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), forgotten AS (
    DELETE FROM idempotency i USING old WHERE i.ctid = old.ctid RETURNING 1
  )
  SELECT count(*) FROM forgotten;
$$;
--> statement-breakpoint

-- Completed reviews with moments that were deferred and have no job yet, the oldest first.
CREATE FUNCTION reviews_with_deferred(p_limit int) RETURNS TABLE (account_id text, review_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.account_id, r.id FROM review r
  JOIN session s ON s.id = r.session_id AND s.state = 'closed'
  WHERE r.state = 'completed'
    AND EXISTS (SELECT FROM review_moment m WHERE m.review_id = r.id AND m.part IS NULL)
    AND NOT EXISTS (SELECT FROM outbox o WHERE o.review_id = r.id AND o.settled_at IS NULL)
  ORDER BY r.id LIMIT p_limit;
$$;
--> statement-breakpoint

CREATE FUNCTION record_heartbeat(p jsonb, p_now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO worker (id, model, provider, items_per_second, items_per_second_capacity, batch_p50_ms, batch_p95_ms, in_flight, seen_at)
  VALUES (p->>'workerId', p->'model', p->>'provider', (p->>'itemsPerSecond')::float8, (p->>'itemsPerSecondCapacity')::float8,
          (p->>'batchP50Ms')::float8, (p->>'batchP95Ms')::float8, (p->>'inFlight')::int, p_now)
  ON CONFLICT (id) DO UPDATE SET model = excluded.model, provider = excluded.provider,
    items_per_second = excluded.items_per_second, items_per_second_capacity = excluded.items_per_second_capacity,
    batch_p50_ms = excluded.batch_p50_ms, batch_p95_ms = excluded.batch_p95_ms, in_flight = excluded.in_flight,
    seen_at = excluded.seen_at;
$$;
--> statement-breakpoint

-- The workers that have reported since, and what they can do together.
CREATE FUNCTION worker_capacity(p_since timestamptz)
RETURNS TABLE (workers bigint, items_per_second float8, items_per_second_capacity float8, batch_p50_ms float8, batch_p95_ms float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*), COALESCE(sum(w.items_per_second), 0), COALESCE(sum(w.items_per_second_capacity), 0),
         COALESCE(max(w.batch_p50_ms), 0), COALESCE(max(w.batch_p95_ms), 0)
  FROM worker w WHERE w.seen_at >= p_since;
$$;
--> statement-breakpoint

-- Reads a state of the whole system.
CREATE FUNCTION read_system_state(p_name text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT value FROM system_state WHERE name = p_name;
$$;
--> statement-breakpoint
-- Reads it and locks it until the transaction ends.
CREATE FUNCTION lock_system_state(p_name text) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO system_state (name, value, updated_at) VALUES (p_name, 'null', now()) ON CONFLICT (name) DO NOTHING;
  SELECT value FROM system_state WHERE name = p_name FOR UPDATE;
$$;
--> statement-breakpoint
CREATE FUNCTION save_system_state(p_name text, p_value jsonb, p_now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE system_state SET value = p_value, updated_at = p_now WHERE name = p_name;
$$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO vigil_app;
