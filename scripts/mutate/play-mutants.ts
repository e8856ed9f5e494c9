/**
 * Runs the tests of a group once for each of its thresholds halved and doubled, all in one process: a hook of the module loader
 * gives each mutant modules of its own, in which one line differs. No file is written. Argument: the group.
 */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { root } from "../commands.ts";
import { reaching } from "./reaching.ts";
import { changed, mutantsOf, testsOf } from "./thresholds.ts";

const group = process.argv[2] ?? "";
const tests = testsOf(group);
const mutants = mutantsOf(group);
const differing = new Map(
  mutants.map(({ threshold: { file } }) => [file, reaching(tests, join(root, file))]),
);

/** What is not changed by the mutant is loaded once for all. */
function differs(url: string, index: number): boolean {
  const mutant = mutants[index];
  return mutant !== undefined && url.startsWith("file:")
    ? (differing.get(mutant.threshold.file)?.has(fileURLToPath(url)) ?? false)
    : false;
}

function mutantOf(url: string | undefined): number | undefined {
  const [, index] = /\?mutant=(\d+)$/.exec(url ?? "") ?? [];
  return index === undefined ? undefined : Number(index);
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const index = mutantOf(context.parentURL);
    if (index === undefined || !differs(resolved.url, index)) return resolved;
    return { ...resolved, url: `${resolved.url}?mutant=${index}` };
  },
  load(url, context, next) {
    const loaded = next(url, context);
    const index = mutantOf(url);
    const mutant = index === undefined ? undefined : mutants[index];
    if (!mutant) return loaded;
    const lines = textOf(loaded.source).split("\n");
    const at = mutant.threshold.line - 1;
    if (url.includes(`/${mutant.threshold.file}?`)) {
      lines[at] = changed(lines[at] ?? "", mutant.threshold, mutant.factor);
    }
    // So that the report tells whose test it is.
    const source = lines.join("\n").replaceAll(/^( *)it\(/gm, `$1it("mutant ${index}: " + `);
    return { ...loaded, source };
  },
});

for (const [index, { threshold }] of mutants.entries()) {
  for (const test of tests) {
    if (!differing.get(threshold.file)?.has(test)) continue;
    await import(`${pathToFileURL(test).href}?mutant=${index}`);
  }
}
