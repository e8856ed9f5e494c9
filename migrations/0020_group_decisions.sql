CREATE TABLE "group_decision" (
	"account_id" text NOT NULL,
	"first_sha256" text NOT NULL,
	"second_sha256" text NOT NULL,
	"is_same" boolean NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "group_decision_account_id_first_sha256_second_sha256_pk" PRIMARY KEY("account_id","first_sha256","second_sha256"),
	CONSTRAINT "group_decision_in_order" CHECK (first_sha256 < second_sha256)
);
--> statement-breakpoint
ALTER TABLE "group_decision" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "group_decision" ADD CONSTRAINT "group_decision_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_item_content" ON "run_item" USING btree ("run_id","sha256");--> statement-breakpoint
CREATE POLICY "own_rows" ON "group_decision" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON group_decision TO vigil_app;
