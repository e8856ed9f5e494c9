ALTER TABLE "erasure" ADD COLUMN "tell_in" jsonb;
--> statement-breakpoint

-- The owners of the account whose transaction it is, and in which language each is told: what they chose for themselves, or else
-- what they last asked to be told in.
CREATE FUNCTION owners_to_tell() RETURNS TABLE (address text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.email, COALESCE(p.language,
    (SELECT e.language FROM endpoint e WHERE e.account_id = m.account_id AND e.member_id = m.id AND e.type <> 'webhook'
      AND e.state <> 'removed' ORDER BY e.created_at DESC LIMIT 1), 'en')
  FROM member m LEFT JOIN sign_in_person p ON p.id = m.person_id
  WHERE m.account_id = current_setting('vigil.account_id', true) AND m.removed_at IS NULL AND m.role = 'owner' AND m.email IS NOT NULL
  ORDER BY m.id;
$$;
--> statement-breakpoint
-- To whom the receipt of an erasure is to be sent, and in which language. What was closed before languages were kept is told in English.
CREATE FUNCTION readers_of_erasure(p_id text) RETURNS TABLE (address text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.address, COALESCE(e.tell_in ->> (a.place - 1)::int, 'en')
  FROM erasure e CROSS JOIN LATERAL jsonb_array_elements_text(e.tell_to) WITH ORDINALITY AS a (address, place)
  WHERE e.id = p_id
  ORDER BY a.place;
$$;
--> statement-breakpoint
-- With the addresses their languages are forgotten.
CREATE OR REPLACE FUNCTION note_erasure_told(p_id text, p_again timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE erasure SET tell_to = CASE WHEN p_again IS NULL THEN NULL ELSE tell_to END,
    tell_in = CASE WHEN p_again IS NULL THEN NULL ELSE tell_in END, next_at = COALESCE(p_again, next_at), tellings = tellings + 1
  WHERE id = p_id AND state = 'erased';
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION owners_to_tell, readers_of_erasure FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION owners_to_tell, readers_of_erasure TO vigil_app;
