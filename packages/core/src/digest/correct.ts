/** What people say that something is which a detector has called otherwise. Pure. */
import type { Corrections, DigestReport } from "./wire.ts";

/** The reports as they would have been; without a correction, as they are. */
export function corrected(reports: readonly DigestReport[], corrections: Corrections): DigestReport[] {
  if (Object.keys(corrections).length === 0) return [...reports];
  return reports.map((report) => ({
    ...report,
    moments: report.moments.map((moment) => ({
      ...moment,
      detections: moment.detections.flatMap((detection) => {
        const { label } = detection;
        const is = Object.hasOwn(corrections, label) ? corrections[label] : label;
        // What nobody is has no looks, and is on no track.
        return is === null || is === undefined ? [] : [{ ...detection, label: is }];
      }),
    })),
  }));
}

/** With one more; what is called by its own label again is no correction. */
export function withCorrection(
  corrections: Corrections,
  { label, is }: { label: string; is: string | null },
): Corrections {
  const { [label]: _, ...others } = corrections;
  return is === label ? others : { ...others, [label]: is };
}

/** All that detectors have called anything, and what it is; the same where nobody said otherwise. */
export function calledIn(
  reports: readonly DigestReport[],
  corrections: Corrections,
): { label: string; is: string | null }[] {
  const labels = new Set(
    reports.flatMap(({ moments }) =>
      moments.flatMap(({ detections }) => detections.map(({ label }) => label)),
    ),
  );
  return [...labels].map((label) => ({
    label,
    is: Object.hasOwn(corrections, label) ? (corrections[label] ?? null) : label,
  }));
}
