ALTER TABLE "delivery" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;