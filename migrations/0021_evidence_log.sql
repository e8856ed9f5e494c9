CREATE TABLE "log_checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_checkpoint" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "log_leaf" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "log_leaf_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"subject" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"statement" "bytea" NOT NULL,
	"hash" "bytea" GENERATED ALWAYS AS (sha256('\x00'::bytea || salt || statement)) STORED NOT NULL,
	"position" bigint
);
--> statement-breakpoint
ALTER TABLE "log_leaf" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "log_tile" (
	"level" integer NOT NULL,
	"no" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "log_tile_level_no_pk" PRIMARY KEY("level","no")
);
--> statement-breakpoint
ALTER TABLE "log_tile" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "log_leaf" ADD CONSTRAINT "log_leaf_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_leaf_by_subject" ON "log_leaf" USING btree ("account_id","subject");--> statement-breakpoint
CREATE INDEX "log_leaf_owed" ON "log_leaf" USING btree ("id") WHERE position is null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "log_leaf" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT ON log_leaf TO vigil_app;
--> statement-breakpoint
-- No policy: nothing of them is seen but through the functions below.
GRANT SELECT ON log_tile, log_checkpoint TO vigil_app;
--> statement-breakpoint

-- What is logged of a piece of evidence: packages/core/src/custody/wire.ts reads it.
CREATE FUNCTION evidence_statement(m moment, p_device_id text, p_received_at timestamptz) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT convert_to(json_build_object('v', 1, 'kind', 'evidence', 'account', m.account_id, 'device', p_device_id,
    'event', m.event_id, 'moment', m.id, 'contentType', m.content_type, 'bytes', m.bytes, 'sha256', m.sha256,
    'capturedAt', to_char(m.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'receivedAt', to_char(p_received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, 'UTF8');
$$;
--> statement-breakpoint

-- Of the server's own random source: three numbers of 122 bits.
CREATE FUNCTION random_salt() RETURNS bytea
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
  SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
$$;
--> statement-breakpoint

-- Evidence that becomes ready owes the log a leaf, in the same transaction. The event may be of the very statement that
-- records the moment: it is there when the statement ends.
CREATE FUNCTION owe_evidence_leaf() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO log_leaf (account_id, subject, salt, statement)
  SELECT NEW.account_id, NEW.id, random_salt(), evidence_statement(NEW, e.device_id, e.received_at)
  FROM event e WHERE e.id = NEW.event_id AND e.account_id = NEW.account_id;
  RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER moment_came_ready AFTER INSERT ON moment
FOR EACH ROW WHEN (NEW.state = 'ready') EXECUTE FUNCTION owe_evidence_leaf();
--> statement-breakpoint
CREATE TRIGGER moment_became_ready AFTER UPDATE OF state ON moment
FOR EACH ROW WHEN (NEW.state = 'ready' AND OLD.state <> 'ready') EXECUTE FUNCTION owe_evidence_leaf();
--> statement-breakpoint

CREATE FUNCTION newest_checkpoint() RETURNS SETOF log_checkpoint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM log_checkpoint ORDER BY size DESC LIMIT 1;
$$;
--> statement-breakpoint

CREATE FUNCTION checkpoint_covering(p_size bigint) RETURNS SETOF log_checkpoint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM log_checkpoint WHERE size >= p_size ORDER BY size LIMIT 1;
$$;
--> statement-breakpoint

-- Hashes of all accounts: nobody can tell what they are of without a leaf's salt.
CREATE FUNCTION read_log_tiles(p_levels int[], p_nos bigint[]) RETURNS SETOF log_tile
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.* FROM unnest(p_levels, p_nos) AS wanted (level, no) JOIN log_tile t USING (level, no);
$$;
--> statement-breakpoint

-- What has been committed and is not in the log, of all accounts: nothing but hashes.
CREATE FUNCTION owed_leaves(p_limit int) RETURNS TABLE (id bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.hash FROM log_leaf l WHERE l.position IS NULL ORDER BY l.id LIMIT p_limit;
$$;
--> statement-breakpoint

-- Appends leaves that are owed, in this order, to the log of p_before leaves, and keeps what was signed. Refused as a whole
-- when the log has another size, a leaf is not owed any longer, or a tile would lose or change a hash that it holds.
CREATE FUNCTION append_to_log(p_before bigint, p_ids bigint[], p_levels int[], p_nos bigint[], p_hashes text[],
  p_size bigint, p_root bytea, p_note text, p_signed_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  written bigint;
BEGIN
  IF p_before <> COALESCE((SELECT max(size) FROM log_checkpoint), 0) OR p_size <> p_before + cardinality(p_ids) THEN
    RAISE EXCEPTION 'the log does not have % leaves', p_before;
  END IF;
  UPDATE log_leaf l SET position = p_before + a.turn - 1
  FROM unnest(p_ids) WITH ORDINALITY AS a (id, turn) WHERE l.id = a.id AND l.position IS NULL;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(p_ids) THEN
    RAISE EXCEPTION '% of % leaves are owed to the log', written, cardinality(p_ids);
  END IF;
  INSERT INTO log_tile AS t (level, no, hashes)
  SELECT level, no, decode(hashes, 'base64') FROM unnest(p_levels, p_nos, p_hashes) AS a (level, no, hashes)
  ON CONFLICT (level, no) DO UPDATE SET hashes = excluded.hashes
  WHERE substring(excluded.hashes FOR length(t.hashes)) = t.hashes;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(p_levels) THEN
    RAISE EXCEPTION 'a tile of the log would lose what it holds';
  END IF;
  INSERT INTO log_checkpoint (size, root, note, signed_at) VALUES (p_size, p_root, p_note, p_signed_at);
END;
$$;
--> statement-breakpoint

-- What the leaves of an account were of is forgotten; the log stays as it is. What is owed and not appended is not any more.
CREATE FUNCTION shred_leaves(p_account_id text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM log_leaf WHERE account_id = p_account_id RETURNING 1) SELECT count(*) FROM gone;
$$;
--> statement-breakpoint

REVOKE ALL ON FUNCTION evidence_statement, random_salt, owe_evidence_leaf, newest_checkpoint, checkpoint_covering, read_log_tiles,
  owed_leaves, append_to_log, shred_leaves FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION evidence_statement, random_salt, newest_checkpoint, checkpoint_covering, read_log_tiles, owed_leaves,
  append_to_log, shred_leaves TO vigil_app;
