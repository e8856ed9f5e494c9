/** Which modules import another, directly or through others: those alone differ when it does. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Of the modules that `roots` lead to by relative imports, those that lead to `target`, and itself. Paths are absolute. */
export function reaching(roots: readonly string[], target: string): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  const known = new Set(roots);
  for (const file of known) {
    for (const imported of importsOf(file)) {
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
      known.add(imported);
    }
  }
  const found = new Set([target]);
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/^(?:import|export|\})[^"]*? ?"(\.[^"]+\.ts)";$/gm)].map(([, path = ""]) =>
    join(dirname(file), path),
  );
}
