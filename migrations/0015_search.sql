ALTER TABLE "digest" ADD COLUMN "words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "digest" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('english', words)) STORED;--> statement-breakpoint
-- Digests from before are found by what they say, what they counted, and where their events were.
UPDATE digest d SET words = left(concat_ws(E' .\n', d.title,
  (SELECT string_agg(s ->> 'text', E' .\n') FROM jsonb_array_elements(d.summary) s),
  (SELECT string_agg(t ->> 'text', E' .\n') FROM jsonb_array_elements(d.timeline) t),
  d.level,
  (SELECT string_agg(replace(k, '_', ' '), E' .\n') FROM jsonb_object_keys(d.counts) k),
  (SELECT string_agg(DISTINCT replace(e.zone, '_', ' '), E' .\n') FROM event e WHERE e.session_id = d.session_id)), 20000);
