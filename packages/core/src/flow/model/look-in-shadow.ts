/**
 * While an experiment runs, workers look at one picture of some live reviews with its challenger as well: after the digest is stored,
 * and for the experiment alone. Where the two agree, nobody is asked; where they do not, an operator says who is right.
 */
import * as Account from "../../account/index.ts";
import * as Authenticity from "../../authenticity/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import type { Finding } from "../../digest/wire.ts";
import * as Experiment from "../../experiment/index.ts";
import { shadow as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import * as Shadow from "../../shadow/index.ts";
import type { ShadowReply, ShadowReport, ShadowRequest, ShadowStored } from "../../shadow/wire.ts";
import { findOwnerOfReview } from "../review/owner-of-review.ts";
import { presignMoment } from "../review/presign-moment.ts";
import type { Services } from "../services.ts";
import { differingKinds, slicesOf } from "./compare-looks.ts";
import { countShadowPairs } from "./judge-disagreements.ts";

type Wanted = { row: Review.ReviewedMoment; finding: Finding };

/** @returns the one picture that is to be looked at, or null: this review is not. @throws `not-found` when there is no such experiment */
export async function offerShadowLook(
  services: Services,
  experimentId: string,
  request: ShadowRequest,
): Promise<ShadowReply> {
  const experiment = await Experiment.get(services.database.sql, experimentId);
  const accountId = await findOwnerOfReview(services, request.reviewId);
  if (accountId === undefined || !isOfTrial(experiment, request)) return { item: null };
  const open = await Shadow.listOpen(services.database.sql, experimentId);
  if (open.length >= limits.openMax) return { item: null };
  const wanted = await inAccount(services.database, accountId, async (tx) => {
    const isKnown = await Shadow.isKnown(tx, { experimentId, reviewId: request.reviewId });
    return isKnown ? undefined : findWanted(tx, experiment, accountId, request.reviewId);
  });
  if (!wanted) return { item: null };
  const { id, url, expiresAt, sha256, bytes, contentType } = await presignMoment(services, wanted.row);
  return { item: { id, url, expiresAt, sha256, bytes, contentType } };
}

/** The first report stays. @throws `not-found` when there is no such experiment; `invalid-body` when the picture is not the one to look at */
export async function recordShadowLook(
  services: Services,
  experimentId: string,
  report: ShadowReport,
): Promise<ShadowStored> {
  const experiment = await Experiment.get(services.database.sql, experimentId);
  const accountId = await findOwnerOfReview(services, report.reviewId);
  if (accountId === undefined) return { status: "not-wanted" };
  const status = await inAccount(services.database, accountId, (tx) =>
    store(services, tx, { experiment, accountId, report }),
  );
  if (status === "stored") await countShadowPairs(services, experimentId);
  return { status };
}

function isOfTrial(
  { id: experimentId, state, challenger, shadowShare }: Experiment.Experiment,
  { reviewId, model }: ShadowRequest,
): boolean {
  const isSampled = Shadow.isSampled({ experimentId, reviewId }, shadowShare);
  return state === "running" && challenger.sha256 === model.sha256 && isSampled;
}

type Told = { experiment: Experiment.Experiment; accountId: string; report: ShadowReport };

async function store(
  services: Services,
  tx: Tx,
  { experiment, accountId, report }: Told,
): Promise<ShadowStored["status"]> {
  const { id: experimentId } = experiment;
  const { reviewId, momentId } = report;
  const strange = problem("invalid-body", `${momentId} is not what is to be looked at of ${reviewId}`);
  const moments = await Review.listMoments(tx, reviewId, 0);
  if (!moments.some(({ moment }) => moment.id === momentId)) throw strange;
  if (!isOfTrial(experiment, report)) return "not-wanted";
  // An account that ends its part in trials waits for this, and then erases it.
  await Account.lock(tx, accountId);
  if (await Shadow.isKnown(tx, { experimentId, reviewId })) return "already-stored";
  const wanted = await findWanted(tx, experiment, accountId, reviewId);
  if (!wanted) return "not-wanted";
  if (wanted.row.moment.id !== momentId) throw strange;
  const compared = await compare(tx, wanted, report);
  const createdAt = services.clock.now();
  await Shadow.record(tx, { accountId, experimentId, reviewId, momentId, ...compared, createdAt });
  return "stored";
}

/** What both saw is kept only where somebody is to look at it, and nothing of who is who. */
async function compare(tx: Tx, { row, finding }: Wanted, { detections: challenger }: ShadowReport) {
  const { statistics } = finding;
  const champion = finding.detections.map(({ label, confidence, box }) => ({ label, confidence, box }));
  const kinds = differingKinds(champion, challenger);
  const { cameras } = await Authenticity.findProfile(tx, row.event.deviceId);
  const slices = slicesOf([...champion, ...challenger], { statistics, camera: cameras[0]?.camera });
  return kinds.length === 0
    ? { champion: [], challenger: [], kinds, slices, outcome: "tie" as const }
    : { champion, challenger, kinds, slices, outcome: null };
}

/** Undefined: the account takes no part, or there is no picture that the champion of the experiment has looked at. */
async function findWanted(
  tx: Tx,
  { id: experimentId, champion }: Experiment.Experiment,
  accountId: string,
  reviewId: string,
): Promise<Wanted | undefined> {
  const { modelTrials } = await Account.get(tx, accountId);
  if (!modelTrials) return undefined;
  const stored = await Digest.findPart(tx, reviewId, 0);
  if (stored?.report.worker.model.sha256 !== champion.sha256) return undefined;
  const looked = stored.report.moments.filter(
    ({ outcome }) => outcome === "reviewed" || outcome === "early_exit",
  );
  const finding = Shadow.pickMoment({ experimentId, reviewId }, looked);
  const row = (await Review.listMoments(tx, reviewId, 0)).find(({ moment }) => moment.id === finding?.id);
  return finding && row?.moment.state === "ready" ? { row, finding } : undefined;
}
