/**
 * `npm run capture`: how far the encoder of a JPEG tells one camera's pictures from another's, leave-one-out over every model
 * of which there are at least three unedited pictures. What a way of encoding is made of was chosen on one half of the models,
 * and the other half is what counts. Then what the reader itself makes of whole files: what contradicts itself in them.
 *
 *   npm run capture -- --facts ../shared/authenticity/signatures --pictures ../shared/authenticity/camera-originals
 */
import "../../scripts/help.ts";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { boundOf } from "../replay/bound-of.ts";
import { type Fact, isUnedited, readFacts } from "./facts.ts";
import { measureFiles } from "./measure-files.ts";

const { values } = parseArgs({
  options: {
    facts: { type: "string", default: "../shared/authenticity/signatures" },
    pictures: { type: "string", default: "../shared/authenticity/camera-originals" },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);
const picturesMin = 3;
const aims = { refused: 0.02, taken: 0.005 };

/** What a way of encoding may be made of, beside what it is always made of. */
const optional = {
  markers: (fact: Fact) => fact.markers,
  size: (fact: Fact) => fact.size,
  "family of quantisation": (fact: Fact) => fact.quantisationFamily,
  "quantisation tables": (fact: Fact) => fact.quantisation,
} as const;
type Feature = keyof typeof optional;
const features = Object.keys(optional) as Feature[];
/** As `evidence/jpeg-encoder.ts` and `authenticity/judge-capture.ts` have it. */
const shipped: readonly Feature[] = ["markers", "size"];

function wayOf(fact: Fact, chosen: readonly Feature[]): string {
  const { huffman, sampling, frame } = fact;
  return [huffman, sampling, frame, ...chosen.map((feature) => optional[feature](fact))].join("|");
}

type Tally = {
  own: number;
  refused: number;
  foreign: number;
  taken: number;
  pairs: number;
  alike: Set<string>;
};

/** Each picture of a model against the others of it, and each of other models against all of it. */
function tallyOf(
  models: ReadonlyMap<string, Fact[]>,
  all: readonly Fact[],
  chosen: readonly Feature[],
): Tally {
  const tally: Tally = { own: 0, refused: 0, foreign: 0, taken: 0, pairs: 0, alike: new Set() };
  for (const [model, pictures] of models) {
    const ways = pictures.map((fact) => wayOf(fact, chosen));
    tally.own += ways.length;
    tally.refused += ways.filter((way) => ways.indexOf(way) === ways.lastIndexOf(way)).length;
    const strangers = all.filter((fact) => fact.camera !== model);
    const taken = strangers.filter((fact) => ways.includes(wayOf(fact, chosen)));
    tally.foreign += strangers.length;
    tally.taken += taken.length;
    tally.pairs += new Set(strangers.map(({ camera }) => camera)).size;
    for (const { camera } of taken) tally.alike.add(`${camera} as ${model}`);
  }
  return tally;
}

/** With exact bounds of 95 % (Clopper and Pearson). */
function share(cases: number, of: number): string {
  const percent = (part: number) => (100 * part).toFixed(2);
  const [low, high] = [1 - boundOf(of - cases, of, 0.975), boundOf(cases, of, 0.975)];
  const from = cases === 0 ? 0 : low;
  return `${cases} of ${of}, ${percent(cases / of)} % (${percent(from)} to ${percent(high)})`;
}

function tell(title: string, tally: Tally): void {
  say(`\n${title}`);
  say(`  own pictures refused       ${share(tally.refused, tally.own)}`);
  say(`  foreign pictures taken     ${share(tally.taken, tally.foreign)}`);
  say(`  foreign models taken       ${share(tally.alike.size, tally.pairs)}`);
}

/** How far from the aim, as a factor: of the two, the worse. */
function missBy({ refused, own, taken, foreign }: Tally): number {
  return Math.max(refused / own / aims.refused, taken / foreign / aims.taken);
}

function measureFacts(facts: readonly Fact[]): void {
  const named = facts.filter(isUnedited);
  const enough = [...Map.groupBy(named, ({ camera }) => camera)]
    .filter(([, pictures]) => pictures.length >= picturesMin)
    .toSorted(([a], [b]) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const halves = [0, 1].map((half) => new Map(enough.filter((_, index) => index % 2 === half)));
  const [first, second] = [halves[0] ?? new Map(), halves[1] ?? new Map()];
  say(`${named.length} unedited pictures; of ${enough.length} models there are ${picturesMin} or more`);
  const choices = Array.from({ length: 2 ** features.length }, (_, bits) =>
    features.filter((__, index) => bits & (1 << index)),
  );
  const best = choices
    .map((chosen) => ({ chosen, miss: missBy(tallyOf(first, named, chosen)) }))
    .toSorted((a, b) => a.miss - b.miss)[0];
  say(`nearest to the aim on the first half: tables, sampling, ${best?.chosen.join(", ")}`);
  if (best?.chosen.join() !== shipped.join()) say(`  but Vigil has: ${shipped.join(", ")}`);
  tell(
    `first half, on which that was chosen: ${[...first.keys()].join(", ")}`,
    tallyOf(first, named, shipped),
  );
  const counted = tallyOf(second, named, shipped);
  tell(`second half, which counts: ${[...second.keys()].join(", ")}`, counted);
  say(`  taken for each other: ${[...counted.alike].join("; ")}`);
  tell("all of them", tallyOf(new Map(enough), named, shipped));
}

/** Neither by name nor by maker. */
function orderOf(model: string): string {
  return createHash("sha256").update(model).digest("hex");
}

if (existsSync(values.facts)) measureFacts(await readFacts(values.facts));
else say(`no facts in ${values.facts}`);
if (existsSync(values.pictures)) await measureFiles(values.pictures, say, share);
else say(`no pictures in ${values.pictures}`);
