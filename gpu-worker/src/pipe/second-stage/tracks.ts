/** Who is who across the moments of one review: "one person, seen in 6 moments". Pure; knows no names and keeps none. */

/** A person in a moment. `embedding` has unit length; `detection` is its index within the moment. */
export type Sighting = { momentId: string; detection: number; embedding: Float32Array };

export type Tracked = { momentId: string; detection: number; trackId: string };

/** Cosine similarity of the same person's pictures is mostly above, of two persons' below. */
const similarityMin = 0.72;

type Track = { first: number; moments: Set<string>; sum: Float32Array };

/**
 * Gives each sighting a track. Two persons in one moment are never one; otherwise the most similar pair joins first,
 * if the mean embeddings of what each side has gathered are similar too. Tracks are numbered in the order of their
 * first sighting: `person-1`, `person-2`, ...
 */
export function assignTracks(sightings: readonly Sighting[]): Tracked[] {
  const trackOf: Track[] = sightings.map(({ momentId, embedding }, first) => ({
    first,
    moments: new Set([momentId]),
    sum: embedding.slice(),
  }));
  for (const { a, b } of similarPairs(sightings)) {
    const kept = trackOf[a];
    const joined = trackOf[b];
    if (!kept || !joined || kept === joined) continue;
    if (!kept.moments.isDisjointFrom(joined.moments)) continue;
    if (cosine(kept.sum, joined.sum) < similarityMin) continue;
    const union: Track = {
      first: Math.min(kept.first, joined.first),
      moments: kept.moments.union(joined.moments),
      sum: kept.sum.map((value, index) => value + (joined.sum[index] ?? 0)),
    };
    trackOf.forEach((track, index) => {
      if (track === kept || track === joined) trackOf[index] = union;
    });
  }
  const order = [...new Set(trackOf)].toSorted((a, b) => a.first - b.first);
  return sightings.map(({ momentId, detection }, index) => {
    const track = trackOf[index];
    return { momentId, detection, trackId: `person-${track ? order.indexOf(track) + 1 : 0}` };
  });
}

/** Pairs of sightings in different moments, the most similar first. */
function similarPairs(sightings: readonly Sighting[]): { a: number; b: number; similarity: number }[] {
  const pairs: { a: number; b: number; similarity: number }[] = [];
  sightings.forEach((first, a) => {
    for (let b = a + 1; b < sightings.length; b += 1) {
      const second = sightings[b];
      if (!second || first.momentId === second.momentId) continue;
      const similarity = cosine(first.embedding, second.embedding);
      if (similarity >= similarityMin) pairs.push({ a, b, similarity });
    }
  });
  return pairs.toSorted((x, y) => y.similarity - x.similarity);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, lengthA, lengthB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const x = a[index] as number;
    const y = b[index] ?? 0;
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return lengthA === 0 || lengthB === 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
}
