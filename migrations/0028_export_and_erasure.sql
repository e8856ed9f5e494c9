CREATE TABLE "erasure" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"state" text NOT NULL,
	"asked_by" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"begins_at" timestamp (3) with time zone NOT NULL,
	"announced_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone NOT NULL,
	"counts" jsonb NOT NULL,
	"tell_to" jsonb,
	"tellings" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp (3) with time zone,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "erasure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account_export" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"state" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"turns" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"place" jsonb,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"progress" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"volumes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "account_export" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "checkout" (
	"account_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "checkout" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "began_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_export" ADD CONSTRAINT "account_export_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_by_account" ON "erasure" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "erasure_due" ON "erasure" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "account_export_by_account" ON "account_export" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "account_export_open" ON "account_export" USING btree ("state","asked_at");--> statement-breakpoint
CREATE INDEX "dead_letter_by_account" ON "dead_letter" USING btree ("account_id","review_id","part");--> statement-breakpoint
CREATE INDEX "delivery_attempt_by_account" ON "delivery_attempt" USING btree ("account_id","delivery_id","number");--> statement-breakpoint
CREATE INDEX "digest_part_by_account" ON "digest_part" USING btree ("account_id","review_id","part");--> statement-breakpoint
CREATE INDEX "reading_by_account" ON "reading" USING btree ("account_id","member_id","digest_id");--> statement-breakpoint
CREATE INDEX "gateway_by_account" ON "gateway" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "invitation_by_account" ON "invitation" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "review_moment_by_account" ON "review_moment" USING btree ("account_id","review_id","moment_id");--> statement-breakpoint
CREATE INDEX "run_chunk_by_account" ON "run_chunk" USING btree ("account_id","run_id","no");--> statement-breakpoint
CREATE INDEX "run_item_by_account" ON "run_item" USING btree ("account_id","run_id","no");--> statement-breakpoint
CREATE INDEX "scene_by_account" ON "scene" USING btree ("account_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "erasure" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "account_export" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "checkout" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON erasure, checkout TO vigil_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account_export TO vigil_app;
--> statement-breakpoint

-- The export that has waited longest for somebody to write it; whoever asks has it until p_until.
CREATE FUNCTION lease_export(p_now timestamptz, p_until timestamptz) RETURNS TABLE (id text, account_id text, turns int)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE account_export e SET state = 'writing', leased_until = p_until, turns = e.turns + 1
  WHERE e.id = (SELECT w.id FROM account_export w
    WHERE w.state IN ('waiting', 'writing') AND (w.leased_until IS NULL OR w.leased_until <= p_now)
    ORDER BY w.asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING e.id, e.account_id, e.turns;
$$;
--> statement-breakpoint
CREATE FUNCTION expired_exports(p_now timestamptz, p_limit int) RETURNS TABLE (id text, account_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, e.account_id FROM account_export e WHERE e.state = 'ready' AND e.expires_at <= p_now LIMIT p_limit;
$$;
--> statement-breakpoint

-- An erasure that something is to be done about; whoever asks has it until p_until. Without an account: its receipt is to be sent.
CREATE FUNCTION lease_erasure(p_now timestamptz, p_until timestamptz) RETURNS TABLE (id text, account_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE erasure e SET next_at = p_until
  WHERE e.id = (SELECT w.id FROM erasure w WHERE w.next_at <= p_now AND (w.state <> 'erased' OR w.tell_to IS NOT NULL)
    ORDER BY w.next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING e.id, e.account_id;
$$;
--> statement-breakpoint
-- By its id, whoever asks: nothing in it names anybody but the addresses, which no route shows.
CREATE FUNCTION read_erasure(p_id text) RETURNS TABLE (id text, state text, asked_at timestamptz, begins_at timestamptz,
  done_at timestamptz, counts jsonb, note text, tell_to jsonb, tellings int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, e.state, e.asked_at, e.begins_at, e.done_at, e.counts, e.note, e.tell_to, e.tellings FROM erasure e WHERE e.id = p_id;
$$;
--> statement-breakpoint

-- Deletes rows of the account that is being erased, p_limit at most, from every table that has a column for it: by the
-- catalogue, so that a table that is added is erased without a word here. Tables go after those that refer to them; the ledger
-- goes last, because it notes what the others lose.
CREATE FUNCTION erase_rows(p_id text, p_limit int) RETURNS TABLE (relation text, rows bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone_account text;
  done oid[] := '{}';
  room int := p_limit;
  next record;
  own record;
BEGIN
  SELECT e.account_id INTO gone_account FROM erasure e WHERE e.id = p_id AND e.state = 'erasing';
  IF gone_account IS NULL THEN
    RAISE EXCEPTION 'the account of % is not being erased', p_id;
  END IF;
  WHILE room > 0 LOOP
    SELECT c.oid, c.relname INTO next FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'erasure' AND c.oid <> ALL (done)
      AND NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_attribute r ON r.attrelid = k.conrelid AND r.attname = 'account_id'
        WHERE k.contype = 'f' AND k.confrelid = c.oid AND k.conrelid <> c.oid AND k.conrelid <> ALL (done))
    ORDER BY c.relname LIKE 'ledger%', c.relname LIMIT 1;
    EXIT WHEN NOT FOUND;
    -- Rows that refer to others of the same table let go of them first.
    FOR own IN SELECT a.attname FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey) AS u (attnum)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
      WHERE k.contype = 'f' AND k.conrelid = next.oid AND k.confrelid = next.oid AND a.attname <> 'account_id'
    LOOP
      EXECUTE format('UPDATE %I SET %I = NULL WHERE account_id = $1 AND %I IS NOT NULL', next.relname, own.attname, own.attname)
      USING gone_account;
    END LOOP;
    relation := next.relname;
    EXECUTE format('DELETE FROM %I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %I WHERE account_id = $1 LIMIT $2))', relation, relation)
    USING gone_account, room;
    GET DIAGNOSTICS rows = ROW_COUNT;
    IF rows > 0 THEN
      room := room - rows;
      RETURN NEXT;
    END IF;
    done := done || next.oid;
  END LOOP;
END $$;
--> statement-breakpoint

-- The account's own row goes last. Refused while any other row names it.
CREATE FUNCTION finish_erasure(p_id text, p_at timestamptz, p_counts jsonb, p_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone_account text;
BEGIN
  SELECT e.account_id INTO gone_account FROM erasure e WHERE e.id = p_id AND e.state = 'erasing' FOR UPDATE;
  IF gone_account IS NULL THEN
    RAISE EXCEPTION 'the account of % is not being erased', p_id;
  END IF;
  DELETE FROM account WHERE id = gone_account;
  UPDATE erasure SET state = 'erased', asked_by = NULL, done_at = p_at, next_at = p_at, counts = p_counts, note = p_note WHERE id = p_id;
END $$;
--> statement-breakpoint
CREATE FUNCTION note_erasure_told(p_id text, p_again timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE erasure SET tell_to = CASE WHEN p_again IS NULL THEN NULL ELSE tell_to END, next_at = COALESCE(p_again, next_at),
    tellings = tellings + 1
  WHERE id = p_id AND state = 'erased';
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION lease_export, expired_exports, lease_erasure, read_erasure, erase_rows, finish_erasure, note_erasure_told FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION lease_export, expired_exports, lease_erasure, read_erasure, erase_rows, finish_erasure, note_erasure_told TO vigil_app;
