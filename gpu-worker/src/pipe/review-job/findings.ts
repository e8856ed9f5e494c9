/** What the digest says of each moment, from how each of them ended. */
import type { Detection, Finding } from "@vigil/core/digest/wire";
import type { Job } from "@vigil/core/review/wire";
import { toText } from "@vigil/core/text";
import { assignTracks, type LooksOfReviews, type Sighting } from "../second-stage/index.ts";
import type { Ending } from "./examine.ts";

/** As long as the wire takes. */
const reasonCharsMax = 500;

/** One finding per moment, in the order of the job; `endings` stand in the same order. */
export function findingsOf(job: Job, endings: readonly Ending[], looks: LooksOfReviews): Finding[] {
  const trackIds = findTrackIds(job, endings, looks);
  return job.moments.map(({ id }, index) =>
    findingOf(id, endings[index] ?? { outcome: "deferred" }, trackIds),
  );
}

/** Track ids by moment, then by index of the detection. */
type TrackIds = Map<string, Map<number, string>>;

/** Only moments that were looked at themselves are sightings: a duplicate shows its twin's persons once more. */
function findTrackIds(
  { reviewId, part, moments }: Pick<Job, "reviewId" | "part" | "moments">,
  endings: readonly Ending[],
  looks: LooksOfReviews,
): TrackIds {
  const sightings: Sighting[] = moments.flatMap(({ id: momentId }, index) => {
    const ending = endings[index];
    if (ending?.outcome !== "reviewed") return [];
    return (ending.seen.second?.persons ?? []).map((person) => ({ momentId, ...person }));
  });
  const known = looks.before(reviewId, part);
  const { tracked: assigned, people } = assignTracks(sightings, known?.people);
  looks.keep(reviewId, { since: known?.since ?? part, until: part, people });
  // A name by itself holds in its own report; one that goes on from an earlier part says from which.
  const since = known === undefined ? "" : `@${known.since}`;
  const trackIds: TrackIds = new Map();
  for (const { momentId, detection, number } of assigned) {
    const ofMoment = trackIds.get(momentId) ?? new Map<number, string>();
    trackIds.set(momentId, ofMoment.set(detection, `person-${number}${since}`));
  }
  return trackIds;
}

function findingOf(id: string, ending: Ending, trackIds: TrackIds): Finding {
  const { provenance, sketch, traits, thumbnailLikeness } = ending;
  const likeness = thumbnailLikeness === undefined ? {} : { thumbnailLikeness: four(thumbnailLikeness) };
  return {
    ...lookOf(id, ending, trackIds),
    ...(provenance ? { provenance } : {}),
    ...(traits ? { traits: { ...traits, ...likeness } } : {}),
    ...(sketch === undefined ? {} : { sketch }),
  };
}

function lookOf(id: string, ending: Ending, trackIds: TrackIds): Finding {
  if (ending.outcome === "deferred") return { id, outcome: "deferred", detections: [] };
  if (!("seen" in ending)) {
    return { id, outcome: ending.outcome, detections: [], reason: toText(ending.reason, reasonCharsMax) };
  }
  const { detections, second, flaws = [], statistics } = ending.seen;
  const tracks = trackIds.get(ending.outcome === "duplicate" ? ending.of : id);
  return {
    id,
    outcome: ending.outcome,
    detections: detections.map((one, index) => tracked(one, tracks?.get(index))),
    ...(ending.outcome === "duplicate" ? { duplicateOf: ending.of } : {}),
    ...(flaws.length > 0 ? { flaws: [...flaws] } : {}),
    ...(statistics ? { statistics } : {}),
    ...(second?.faces ? { faces: second.faces } : {}),
    ...(second?.plates ? { plates: second.plates } : {}),
  };
}

/** Four decimals are a tenth of a pixel of a large image; more would only make digests longer. */
function tracked({ label, confidence, box, appearance }: Detection, trackId: string | undefined): Detection {
  const [x, y, width, height] = box;
  return {
    label,
    confidence: four(confidence),
    box: [four(x), four(y), four(width), four(height)],
    ...(appearance ? { appearance } : {}),
    ...(trackId ? { trackId } : {}),
  };
}

function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
