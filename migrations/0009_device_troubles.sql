CREATE TABLE "device_trouble" (
	"account_id" text NOT NULL,
	"device_id" text NOT NULL,
	"kind" text NOT NULL,
	"part" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"times" integer DEFAULT 1 NOT NULL,
	"episode" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "device_trouble_device_id_kind_part_pk" PRIMARY KEY("device_id","kind","part")
);
--> statement-breakpoint
ALTER TABLE "device_trouble" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "heard_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "device_trouble" ADD CONSTRAINT "device_trouble_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_trouble" ADD CONSTRAINT "device_trouble_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_trouble_by_account" ON "device_trouble" USING btree ("account_id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "device_trouble" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON device_trouble TO vigil_app;
--> statement-breakpoint

-- Devices that may have fallen silent, may be heard again, or whose clocks may have gone wrong or right: which of these it
-- is, is judged inside the account.
CREATE FUNCTION devices_to_judge(p_reported_before timestamptz, p_heard_before timestamptz, p_heard_after timestamptz,
  p_clock_off_ms float8, p_limit int)
RETURNS TABLE (account_id text, device_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.account_id, d.id FROM device d
  LEFT JOIN gateway g ON g.device_id = d.id
  LEFT JOIN device_trouble s ON s.device_id = d.id AND s.kind = 'silent' AND s.part = '' AND s.ended_at IS NULL
  LEFT JOIN device_trouble c ON c.device_id = d.id AND c.kind = 'clock' AND c.part = '' AND c.ended_at IS NULL
  WHERE d.removed_at IS NULL AND (
    CASE
      WHEN s.device_id IS NOT NULL THEN COALESCE(g.reported_at, d.heard_at) > s.since
      WHEN g.device_id IS NOT NULL THEN g.reported_at < p_reported_before
      ELSE d.heard_at BETWEEN p_heard_after AND p_heard_before
    END
    OR (c.device_id IS NULL) = (abs(COALESCE((d.skew ->> 'skewMs')::float8, 0)) >= p_clock_off_ms))
  -- What is found in order again and again does not stand in the way of the rest.
  ORDER BY random() LIMIT p_limit;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION devices_to_judge FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION devices_to_judge TO vigil_app;
