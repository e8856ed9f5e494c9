/**
 * `npm run fuzz -- --minutes 10 [--seed 1] [--target NAME]... [--keep]`: mutated inputs to every parser that faces the network, each
 * for its share of the time in turn. `--keep` adds to the corpus what reached new code. `--target NAME --input FILE` plays one
 * input again. Ends with 1 when there was a fault, which is printed and kept.
 */
import "../../scripts/help.ts";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { keepFault, keepFound, readCorpus } from "./corpus.ts";
import { targets } from "./targets/index.ts";
import { type Fault, watch } from "./watch.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    target: { type: "string", multiple: true },
    input: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

function numberOf(name: "minutes" | "seed"): number {
  const number = Number(values[name]);
  if (!(number > 0)) throw new Error(`--${name} must be above 0, got ${values[name]}`);
  return number;
}
const [minutes, seed] = [numberOf("minutes"), numberOf("seed")];
const names = values.target ?? [...targets.keys()];
if (!names.every((name) => targets.has(name)) || (values.input !== undefined && names.length !== 1)) {
  throw new Error(`expected --target to be one of ${[...targets.keys()].join(", ")}`);
}

function sayFault(name: string, { what, input }: Fault): void {
  const hash = createHash("sha256").update(input).digest("hex").slice(0, 12);
  const file = join(tmpdir(), `vigil-fuzz-${name}-${hash}`);
  writeFileSync(file, input);
  say(`${name}: a fault, with seed ${seed}, by ${input.length} bytes:\n${what}`);
  say(input.toString("base64"));
  say(`again: npm run fuzz -- --target ${name} --input ${file}`);
  process.exitCode = 1;
}

if (values.input !== undefined) {
  const [name = ""] = names;
  const only = [readFileSync(values.input)];
  const watched = await watch({ target: name, corpus: [], seed, ms: 0, only });
  if ("fault" in watched) sayFault(name, watched.fault);
  else say(`${name}: ${watched.explored.taken > 0 ? "taken" : "refused"}`);
} else {
  const ms = (minutes * 60_000) / names.length;
  const total = { inputs: 0, faults: 0 };
  for (const name of names) {
    const watched = await watch({ target: name, corpus: readCorpus(name), seed, ms, only: undefined });
    if ("fault" in watched) {
      sayFault(name, watched.fault);
      keepFault(name, watched.fault.input);
      total.faults++;
      continue;
    }
    const { inputs, taken, refused, found } = watched.explored;
    say(`${name}: ${inputs} inputs, ${taken} taken, ${refused} refused, ${found.length} reached new code`);
    if (values.keep) {
      keepFound(
        name,
        found.map((bytes) => Buffer.from(bytes)),
      );
    }
    total.inputs += inputs;
  }
  say(`${total.inputs} inputs to ${names.length} parsers, ${total.faults} faults`);
}
