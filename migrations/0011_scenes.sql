CREATE TABLE "scene" (
	"device_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"learned_until" timestamp (3) with time zone,
	"learned_in" text,
	"learned_moment_id" text,
	"areas" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scene" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "scene_object" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"device_id" text NOT NULL,
	"label" text NOT NULL,
	"box" jsonb NOT NULL,
	"confidence" real NOT NULL,
	"hashes" jsonb NOT NULL,
	"colours" jsonb NOT NULL,
	"name" text,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"arrival" text NOT NULL,
	"arrived_in" text,
	"arrived_moment_id" text,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"last_moment_id" text,
	"gone_at" timestamp (3) with time zone,
	"gone_in" text,
	"gone_moment_id" text,
	"tally" jsonb NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "scene_object_is_a_thing" CHECK (label in ('bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat', 'backpack', 'umbrella', 'handbag', 'suitcase', 'package', 'parcel', 'bench', 'chair', 'couch', 'potted plant', 'bed', 'dining table', 'toilet', 'tv', 'laptop', 'refrigerator', 'oven', 'microwave', 'sink', 'clock', 'vase', 'book', 'teddy bear', 'surfboard', 'traffic light', 'fire hydrant', 'stop sign', 'parking meter', 'skateboard', 'kite', 'sports ball'))
);
--> statement-breakpoint
ALTER TABLE "scene_object" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "scene" ADD CONSTRAINT "scene_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene" ADD CONSTRAINT "scene_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene" ADD CONSTRAINT "scene_account_id_learned_in_review_account_id_id_fk" FOREIGN KEY ("account_id","learned_in") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene" ADD CONSTRAINT "scene_account_id_learned_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","learned_moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_device_id_device_account_id_id_fk" FOREIGN KEY ("account_id","device_id") REFERENCES "public"."device"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_arrived_in_review_account_id_id_fk" FOREIGN KEY ("account_id","arrived_in") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_gone_in_review_account_id_id_fk" FOREIGN KEY ("account_id","gone_in") REFERENCES "public"."review"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_arrived_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","arrived_moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_last_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","last_moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scene_object" ADD CONSTRAINT "scene_object_account_id_gone_moment_id_moment_account_id_id_fk" FOREIGN KEY ("account_id","gone_moment_id") REFERENCES "public"."moment"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scene_object_by_account" ON "scene_object" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "scene_object_by_device" ON "scene_object" USING btree ("device_id","gone_at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "scene" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "scene_object" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "scene", "scene_object" TO vigil_app;
