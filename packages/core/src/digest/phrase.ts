/** What the sentences of a digest are made of. */
import type { Look, Sighting } from "./describe-look.ts";
import type { Sentence } from "./wire.ts";
import { capitalise, list, number } from "./words.ts";
import * as Things from "./words-things.ts";

/** A sentence that rests on these pictures. */
export function sentence(text: string, looks: readonly Look[]): Sentence {
  return { text: capitalise(text), momentIds: looks.map((look) => look.moment.id) };
}

/** A place at the end of a sentence, or nothing. */
export function at(phrase: string): string {
  return phrase === "" ? "" : ` ${phrase}`;
}

/** `two people (possibly three), a truck and possibly a car in the distance`. */
export function phraseOf(sightings: readonly Sighting[]): string {
  return list(sightings.map(sightingPhrase));
}

function sightingPhrase({ label, count, sure, distant }: Sighting): string {
  if (sure === 0) return `possibly ${Things.some(label, count)}${distant ? " in the distance" : ""}`;
  return Things.some(label, sure) + (count > sure ? ` (possibly ${number(count)})` : "");
}
