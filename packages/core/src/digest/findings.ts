/** What the reports of a review say together. */
import type { Capabilities, DigestReport, Finding } from "./wire.ts";

/** What was found in each moment; one that no report covers is still deferred. */
export function findingsOf(
  reports: readonly DigestReport[],
  momentIds: readonly string[],
): Map<string, Finding> {
  const findings = new Map<string, Finding>(
    momentIds.map((id) => [id, { id, outcome: "deferred", detections: [] }]),
  );
  for (const report of reports) {
    for (const finding of report.moments) {
      findings.set(finding.id, reports.length === 1 ? finding : withinPart(finding, report.part));
    }
  }
  return findings;
}

/** A track's name by itself holds in its own report: the first person of two parts is not one person for that. */
function withinPart(finding: Finding, part: number): Finding {
  const detections = finding.detections.map((one) =>
    one.trackId === undefined || one.trackId.includes("@")
      ? one
      : { ...one, trackId: `${one.trackId}@${part}` },
  );
  return { ...finding, detections };
}

/** What every worker that had a part in it was able to tell. */
export function capabilitiesOf(reports: readonly DigestReport[]): Capabilities {
  const all = reports.map((report) => report.worker.capabilities);
  return {
    faces: all.every((one) => one.faces),
    reidentification: all.every((one) => one.reidentification),
    plates: all.every((one) => one.plates),
  };
}
