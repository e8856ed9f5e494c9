/** What the sentences of a digest are made of. */
import type { Look, Sighting } from "./describe-look.ts";
import type { Telling } from "./telling-en.ts";
import type { Sentence } from "./wire.ts";
import { capitalise } from "./words.ts";

/** A sentence that rests on these pictures. */
export function sentence(text: string, looks: readonly Look[]): Sentence {
  return { text: capitalise(text), momentIds: looks.map((look) => look.moment.id) };
}

/** `two people (possibly three), a truck and possibly a car in the distance`. */
export function phraseOf(sightings: readonly Sighting[], telling: Telling): string {
  return telling.list(sightings.map((sighting) => sightingPhrase(sighting, telling)));
}

function sightingPhrase({ label, count, sure, distant }: Sighting, telling: Telling): string {
  if (sure === 0) {
    const what = telling.unsure(telling.some(label, count));
    return distant ? telling.inTheDistance(what) : what;
  }
  const what = telling.some(label, sure);
  return count > sure ? telling.possibly(what, count) : what;
}
