ALTER TABLE "digest" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_person" ADD COLUMN "language" text;
--> statement-breakpoint
ALTER TABLE "sign_in_person" ADD CONSTRAINT "sign_in_person_language" CHECK ("language" ~ '^[a-z]{2}$');
--> statement-breakpoint
-- Whoever is signed in, with the language that they chose: what is answered has grown, so the function is made anew.
DROP FUNCTION memberships_of_sign_in(text);
--> statement-breakpoint
CREATE FUNCTION memberships_of_sign_in(p_token text)
RETURNS TABLE (person_id text, email text, account_id text, account_name text, tier text, member_id text, name text, role text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.email, a.id, a.name, a.tier, m.id, m.name, m.role, p.language
  FROM sign_in_browser b
  JOIN sign_in_person p ON p.id = b.person_id
  LEFT JOIN member m ON m.person_id = p.id AND m.removed_at IS NULL
  LEFT JOIN account a ON a.id = m.account_id
  WHERE b.token = p_token AND b.expires_at > now()
  ORDER BY m.id;
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION memberships_of_sign_in(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION memberships_of_sign_in(text) TO vigil_app;
--> statement-breakpoint
CREATE FUNCTION choose_language_of_person(p_person text, p_language text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH chosen AS (UPDATE sign_in_person SET language = p_language WHERE id = p_person RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM chosen);
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION choose_language_of_person(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION choose_language_of_person(text, text) TO vigil_app;
