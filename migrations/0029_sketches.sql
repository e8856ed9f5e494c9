CREATE TABLE "moment_sketch" (
	"moment_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"device_id" text NOT NULL,
	"captured_at" timestamp (3) with time zone NOT NULL,
	"cells" "bytea",
	"motion" "bytea",
	"backdrop" "bytea",
	"backdrop_in" text,
	"status" text NOT NULL,
	"why" text,
	"repeat_of" text
);
--> statement-breakpoint
ALTER TABLE "moment_sketch" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "moment_sketch" ADD CONSTRAINT "moment_sketch_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_sketch" ADD CONSTRAINT "moment_sketch_account_id_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_sketch" ADD CONSTRAINT "moment_sketch_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moment_sketch" ADD CONSTRAINT "moment_sketch_account_id_repeat_of_moment_account_id_id_fk" FOREIGN KEY ("account_id","repeat_of") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "moment_sketch_by_device" ON "moment_sketch" USING btree ("account_id","device_id","captured_at");--> statement-breakpoint
CREATE INDEX "moment_sketch_repeats" ON "moment_sketch" USING btree ("account_id","repeat_of") WHERE repeat_of is not null;--> statement-breakpoint
CREATE INDEX "moment_sketch_kept" ON "moment_sketch" USING btree ("captured_at") WHERE cells is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "moment_sketch" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));
--> statement-breakpoint
GRANT SELECT, INSERT ON moment_sketch TO vigil_app;
--> statement-breakpoint

-- Forgets what shows anything of pictures that nothing is compared with any longer, of at most so many at once; what was found stays.
CREATE FUNCTION forget_sketches(p_before timestamptz, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH old AS (
    SELECT s.moment_id FROM moment_sketch s WHERE s.cells IS NOT NULL AND s.captured_at < p_before
    ORDER BY s.captured_at LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), forgotten AS (
    UPDATE moment_sketch s SET cells = NULL, motion = NULL, backdrop = NULL FROM old WHERE s.moment_id = old.moment_id RETURNING 1
  )
  SELECT count(*) FROM forgotten;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION forget_sketches FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION forget_sketches TO vigil_app;
