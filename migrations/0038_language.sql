ALTER TABLE "digest" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_person" ADD COLUMN "language" text;
--> statement-breakpoint
ALTER TABLE "sign_in_person" ADD CONSTRAINT "sign_in_person_language" CHECK ("language" ~ '^[a-z]{2}$');
--> statement-breakpoint
-- Of whoever is signed in, and of nobody else: null where they have chosen none.
CREATE FUNCTION language_of_sign_in(p_token text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.language
  FROM sign_in_browser b
  JOIN sign_in_person p ON p.id = b.person_id
  WHERE b.token = p_token AND b.expires_at > now();
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION language_of_sign_in(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION language_of_sign_in(text) TO vigil_app;
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
