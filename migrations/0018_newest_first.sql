DROP INDEX "audit_by_account";--> statement-breakpoint
DROP INDEX "share_by_account";--> statement-breakpoint
CREATE INDEX "audit_by_account" ON "audit" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "share_by_account" ON "share" USING btree ("account_id","id");