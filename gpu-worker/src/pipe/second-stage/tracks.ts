/** Who is who across the moments of one report: "one person, seen in 6 moments". Pure; knows no names and keeps none. */

/** A person in a moment. `embedding` has unit length; `detection` is its index within the moment. */
export type Sighting = { momentId: string; detection: number; embedding: Float32Array };

export type Tracked = { momentId: string; detection: number; number: number };

/** Somebody who was seen before: the number that they have, and the sum of what they looked like. */
export type KnownPerson = { number: number; sum: Float32Array };

/** Cosine similarity of the same person's pictures is mostly above, of two persons' below. */
const similarityMin = 0.72;

type Track = { first: number; moments: Set<string>; sum: Float32Array };

/**
 * Gives each sighting a track. Two persons in one moment are never one; otherwise the most similar pair joins first,
 * if the mean embeddings of what each side has gathered are similar too. A track that resembles somebody known has their number;
 * others are numbered after them, in the order of their first sighting, from 1.
 * @returns who is known now, too
 */
export function assignTracks(
  sightings: readonly Sighting[],
  known: readonly KnownPerson[] = [],
): { tracked: Tracked[]; people: KnownPerson[] } {
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
      sum: added(kept.sum, joined.sum),
    };
    trackOf.forEach((track, index) => {
      if (track === kept || track === joined) trackOf[index] = union;
    });
  }
  const order = [...new Set(trackOf)].toSorted((a, b) => a.first - b.first);
  const numbers = numberOf(order, known);
  const people = new Map(known.map((person) => [person.number, person.sum]));
  for (const [track, number] of numbers) {
    const before = people.get(number);
    people.set(number, before ? added(before, track.sum) : track.sum);
  }
  return {
    tracked: sightings.map(({ momentId, detection }, index) => {
      const track = trackOf[index];
      return { momentId, detection, number: (track && numbers.get(track)) ?? 0 };
    }),
    people: [...people].map(([number, sum]) => ({ number, sum })),
  };
}

/** Whoever is known is one of the tracks at the most: the most similar pair is found first. */
function numberOf(order: readonly Track[], known: readonly KnownPerson[]): Map<Track, number> {
  const numbers = new Map<Track, number>();
  const pairs = order
    .flatMap((track) => known.map((person) => ({ track, person, similarity: cosine(track.sum, person.sum) })))
    .filter(({ similarity }) => similarity >= similarityMin)
    .toSorted((a, b) => b.similarity - a.similarity);
  const taken = new Set<KnownPerson>();
  for (const { track, person } of pairs) {
    if (numbers.has(track) || taken.has(person)) continue;
    numbers.set(track, person.number);
    taken.add(person);
  }
  let last = Math.max(0, ...known.map(({ number }) => number));
  for (const track of order) {
    if (numbers.has(track)) continue;
    last += 1;
    numbers.set(track, last);
  }
  return numbers;
}

function added(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, index) => value + (other[index] ?? 0));
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
