/**
 * Learns a head for texts, and measures it by prompts apart; the file says how often each of its slices was wrong.
 *
 *   npm run train:text -- --texts ../shared/authenticity/text --out .vigil/text-head.json
 *   npm run train:text -- --texts FOLDER --may-train   # the texts' licences allow it, for certain
 *
 * The same texts give the same file. It is not part of Vigil: what is learned from texts is bound by their licences.
 */
import "../../scripts/help.ts";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { reachesBar, readTextHead } from "../../packages/core/src/check/text/head.ts";
import { answerApart, knownSlice } from "./evaluate-text.ts";
import { readLabelled } from "./labelled-texts.ts";
import { learnHead } from "./learn-head.ts";

const { values } = parseArgs({
  options: {
    texts: { type: "string", default: "../shared/authenticity/text" },
    out: { type: "string", default: ".vigil/text-head.json" },
    "may-train": { type: "boolean", default: false },
  },
});
if (!existsSync(values.texts)) throw new Error(`there is no folder ${values.texts}: name one with --texts`);
const texts = readLabelled(values.texts);
if (texts.length === 0) throw new Error(`expected files NAME-DOMAIN-GENERATOR.json.gz in ${values.texts}`);

const apart = answerApart(texts);
const { slices, weights, ...head } = learnHead(
  texts.filter(({ generator }) => generator !== "davinci"),
  8,
);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const file = JSON.stringify({
  ...head,
  mayTrain: values["may-train"],
  weights: base64(new Uint8Array(weights.buffer)),
  slices: slices.map(({ pairs, ...slice }) => {
    const { labelled, coverage, falsePositives, found } = knownSlice(slice.domain, apart);
    const { of: humans, cases, rate, to: rateMax } = falsePositives;
    return {
      ...slice,
      pairs: base64(pairs),
      labelled,
      coverage: coverage.rate,
      error: { slice: slice.domain, humans, falsePositives: cases, rate, rateMax, found: found.rate },
    };
  }),
});
const read = readTextHead(file);
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, file);
for (const slice of read.slices) {
  const { domain, coverage, error } = slice;
  const verdict = reachesBar(slice) ? "answered for" : "abstained from";
  process.stdout.write(
    `${domain}: found ${error.found}, false ${error.falsePositives} of ${error.humans} (at most ${error.rateMax}), coverage ${coverage}: ${verdict}\n`,
  );
}
process.stdout.write(
  `wrote ${values.out}${read.mayTrain ? "" : ", experimental: the texts' licences are not known to allow it"}\n`,
);
