/** The scenes of the cameras learn from what a worker reported: in the transaction that stores the report, so once. */
import type { Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import type { DigestReport, Finding } from "../../digest/wire.ts";
import * as Id from "../../id.ts";
import type * as Review from "../../review/index.ts";
import * as Scene from "../../scene/index.ts";

type Reported = {
  accountId: string;
  reviewId: string;
  moments: readonly Review.ReviewedMoment[];
  report: DigestReport;
};

export async function learnScene(tx: Tx, { accountId, reviewId, moments, report }: Reported): Promise<void> {
  const findings = new Map(report.moments.map((finding) => [finding.id, finding]));
  const looks = moments.flatMap(({ moment, event }) => {
    const finding = findings.get(moment.id);
    const shown = finding && resultOf(finding, findings);
    if (!shown || !tells(shown)) return [];
    const light = shown.statistics ? Scene.lightOf(shown.statistics) : ("day" as const);
    const detections = Digest.oneLabelEach(shown.detections);
    return [
      { deviceId: event.deviceId, momentId: moment.id, reviewId, at: moment.capturedAt, light, detections },
    ];
  });
  const pictures = moments.flatMap(({ moment, event }) => {
    const { outcome, statistics, flaws = [] } = findings.get(moment.id) ?? {};
    const isLookedAt = outcome === "reviewed" || outcome === "early_exit";
    return isLookedAt && statistics
      ? [{ deviceId: event.deviceId, at: moment.capturedAt, statistics, flaws }]
      : [];
  });
  for (const [deviceId, own] of Map.groupBy(pictures, (picture) => picture.deviceId)) {
    await Scene.observe(tx, { accountId, deviceId, pictures: own });
  }
  for (const [deviceId, own] of Map.groupBy(looks, (look) => look.deviceId)) {
    await Scene.learnFrom(tx, { accountId, deviceId, looks: own, createId: () => Id.create("object") });
  }
}

/** A duplicate shows what its twin shows; one whose twin is reported elsewhere tells nothing here. */
function resultOf(finding: Finding, findings: ReadonlyMap<string, Finding>): Finding {
  if (finding.outcome !== "duplicate" || finding.duplicateOf === undefined) return finding;
  const twin = findings.get(finding.duplicateOf);
  return twin && twin.outcome !== "duplicate" ? twin : finding;
}

/** A picture that was looked at, and in which what is there can be made out: only then is missing it a sign. */
function tells({ outcome, flaws = [] }: Finding): boolean {
  return (outcome === "reviewed" || outcome === "early_exit") && flaws.length === 0;
}
