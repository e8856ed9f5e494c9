ALTER TABLE "inspection" ADD COLUMN "embedding" "bytea";--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "compared_by" text;