/** A member says what something in a digest really is: it is put into words anew, as if the detector had said so. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import type { Correction, DigestView } from "../../digest/wire.ts";
import type { Language } from "../../language/wire.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import * as Stream from "../../stream/index.ts";
import { getDigest } from "../read/read-digests.ts";
import type { Services } from "../services.ts";
import { writeCorrected } from "./write-digest.ts";

/**
 * Its level is judged anew too; what rules said of its events stays, and so does what was told of it. Said twice it is said
 * once. @throws `not-found`; `invalid-body` when nothing in it is called so
 */
export async function correctDigest(
  services: Services,
  { accountId, actor }: Audit.Actor,
  { digestId, language, ...correction }: Correction & { digestId: string; language: Language },
): Promise<DigestView> {
  const at = services.clock.now();
  await inAccount(services.database, accountId, async (tx) => {
    // Reports of addenda take turns with it.
    const account = await Account.lock(tx, accountId);
    const { reviewId } = await Digest.get(tx, digestId);
    const { label, is } = correction;
    const before = await Digest.listCorrections(tx, digestId);
    const called = Digest.calledIn(await Digest.listReports(tx, reviewId), before);
    const known = called.find((each) => each.label === label);
    if (!known) {
      throw problem("invalid-body", "expected a label of something that was seen in this digest", {
        errors: [{ pointer: "/label", detail: `nothing in it was called ${label}` }],
      });
    }
    if (known.is === is) return;
    await Digest.correct(tx, digestId, Digest.withCorrection(before, correction));
    const found = await Review.get(tx, reviewId);
    const moments = await Review.listMoments(tx, reviewId);
    const { level, title } = await writeCorrected(tx, { account, found, moments, now: at });
    await Audit.record(tx, {
      accountId,
      actor,
      action: "digest.corrected",
      subject: digestId,
      detail: { label, is },
      at,
    });
    await Stream.append(tx, { accountId, kind: "digest", subject: digestId, detail: { level, title }, at });
  });
  return getDigest(services, { accountId, id: digestId, language });
}
