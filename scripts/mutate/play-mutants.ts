/**
 * Runs the tests of a group once for each of its thresholds halved and doubled, all in one process: a hook of the module loader
 * gives each mutant modules of its own, in which one line differs. No file is written. Argument: the group.
 */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../commands.ts";
import { changed, mutantsOf, testsOf } from "./thresholds.ts";

const group = process.argv[2] ?? "";
const mutants = mutantsOf(group);
const own = pathToFileURL(join(root, "packages/core")).href;

/** What only names shapes is shared: schemas register by name, once. */
function isShared(url: string): boolean {
  return !url.startsWith(own) || url.includes("node_modules") || /\/wire\.ts$/.test(url);
}

function mutantOf(url: string | undefined): number | undefined {
  const [, index] = /\?mutant=(\d+)$/.exec(url ?? "") ?? [];
  return index === undefined ? undefined : Number(index);
}

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const index = mutantOf(context.parentURL);
    if (index === undefined || isShared(resolved.url)) return resolved;
    return { ...resolved, url: `${resolved.url}?mutant=${index}` };
  },
  load(url, context, next) {
    const loaded = next(url, context);
    const index = mutantOf(url);
    const mutant = index === undefined ? undefined : mutants[index];
    if (!mutant) return loaded;
    const lines = String(loaded.source).split("\n");
    const at = mutant.threshold.line - 1;
    if (url.includes(`/${mutant.threshold.file}?`)) {
      lines[at] = changed(lines[at] ?? "", mutant.threshold, mutant.factor);
    }
    // So that the report tells whose test it is.
    const source = lines.join("\n").replaceAll(/^(\s*)describe\(\s*"/gm, `$1describe("mutant ${index}: `);
    return { ...loaded, source };
  },
});

for (const index of mutants.keys()) {
  for (const test of testsOf(group)) await import(`${pathToFileURL(test).href}?mutant=${index}`);
}
