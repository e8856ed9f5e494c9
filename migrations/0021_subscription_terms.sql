ALTER TABLE "subscription" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "is_past_due" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscription" ADD COLUMN "ends_at" timestamp (3) with time zone;