/** The audit trail: who did what. Written in the transaction of the deed, never changed. */
import type { Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { audit } from "./audit.sql.ts";

/** Who acts, and on which account. */
export type Actor = { accountId: string; actor: string };

export type Deed = Actor & {
  action:
    | "review.life-safety"
    | "review.failed"
    | "device.created"
    | "device.enrolled"
    | "device.removed"
    | "enrolment.refused"
    | "enrolment.locked"
    | "key.rotated"
    | "key.issued"
    | "key.revoked"
    | "tier.changed"
    | "checkout.opened"
    | "portal.opened"
    | "account.changed"
    | "assessment.dismissed"
    | "review.redriven"
    | "addendum.failed"
    | "dismissals.reset"
    | "account.opened"
    | "member.joined"
    | "member.changed"
    | "member.removed"
    | "member.left"
    | "invitation.created"
    | "invitation.revoked"
    | "token.issued"
    | "token.revoked"
    | "endpoint.created"
    | "endpoint.changed"
    | "endpoint.confirmed"
    | "endpoint.disabled"
    | "endpoint.removed"
    | "endpoint.secret-rotated"
    | "run.opened"
    | "run.paused"
    | "run.resumed"
    | "run.cancelled"
    | "run.sealed"
    | "run.rolled-back"
    | "run.regrouped"
    | "source.rated"
    | "source.overruled"
    | "source.quota-set"
    | "delivery.renewed"
    | "picture.judged"
    | "scene.taught"
    | "scene.corrected"
    | "scene.areas-changed"
    | "share.created"
    | "share.opened"
    | "share.revoked"
    | "digest.exported"
    | "account.export-asked"
    | "account.export-written"
    | "account.erasure-asked"
    | "account.erasure-called-off"
    | "consent.given"
    | "consent.withdrawn"
    | "consent.erased"
    | "checks.batch-asked"
    | "checks.exported"
    | "subscription.doubled";
  subject: string;
  detail?: Record<string, unknown>;
  at: Date;
};

export async function record(tx: Tx, deed: Deed): Promise<void> {
  await tx.insert(audit).values({ id: Id.create("audit"), ...deed, detail: deed.detail ?? {} });
}
