CREATE TABLE "answer" (
	"account_id" text NOT NULL,
	"question_id" text NOT NULL,
	"no" integer NOT NULL,
	"verdict" text,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_account_id_question_id_no_pk" PRIMARY KEY("account_id","question_id","no")
);
--> statement-breakpoint
ALTER TABLE "answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "question" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"run_id" text NOT NULL,
	"item_no" integer NOT NULL,
	"asking" integer NOT NULL,
	"rule_no" integer NOT NULL,
	"asks" jsonb NOT NULL,
	"margin" double precision NOT NULL,
	"state" text NOT NULL,
	"verdict" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "question_of_account" UNIQUE("account_id","id"),
	CONSTRAINT "question_of_item" UNIQUE("account_id","run_id","item_no","asking"),
	CONSTRAINT "question_asked_twice" CHECK (asking in (1, 2))
);
--> statement-breakpoint
ALTER TABLE "question" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "rules" jsonb;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "near_items" integer;--> statement-breakpoint
ALTER TABLE "run_item" ADD COLUMN "declared" text;--> statement-breakpoint
ALTER TABLE "run_item" ADD COLUMN "margin" double precision;--> statement-breakpoint
ALTER TABLE "run_item" ADD COLUMN "is_asked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "answer" ADD CONSTRAINT "answer_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer" ADD CONSTRAINT "answer_account_id_question_id_question_account_id_id_fk" FOREIGN KEY ("account_id","question_id") REFERENCES "public"."question"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_account_id_run_id_run_account_id_id_fk" FOREIGN KEY ("account_id","run_id") REFERENCES "public"."run"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_open" ON "question" USING btree ("account_id","run_id") WHERE state = 'open';--> statement-breakpoint
CREATE POLICY "own_rows" ON "answer" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
CREATE POLICY "own_rows" ON "question" AS PERMISSIVE FOR ALL TO "vigil_app" USING ("account_id" = current_setting('vigil.account_id', true)) WITH CHECK ("account_id" = current_setting('vigil.account_id', true));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON question TO vigil_app;
--> statement-breakpoint
-- What people say is appended, never changed.
GRANT SELECT, INSERT ON answer TO vigil_app;
