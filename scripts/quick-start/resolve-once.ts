/**
 * Imports are resolved once where Node resolves them anew for every module that names them. Loaded before a program from
 * the command line of Node; what is deployed is bundled, and has nothing to resolve.
 *
 * Node 24 parses the whole `exports` of a package at each import that leads into it: 130 KB of drizzle-orm, a thousand
 * times, are half of the processor time in which the API loads from its sources.
 */
import { existsSync } from "node:fs";
import { type ResolveFnOutput, registerHooks } from "node:module";

type Format = ResolveFnOutput["format"];

/** By the package that imports and what it names. */
const named = new Map<string, ResolveFnOutput>();
/** By folder and ending: files of one folder lie in one package, and what they are follows from both. */
const formats = new Map<string, Format>();
/** By folder: the nearest one with a `package.json`. */
const packages = new Map<string, string>();

registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL } = context;
    if (!parentURL?.startsWith("file:") || !context.conditions.includes("import")) {
      return nextResolve(specifier, context);
    }
    if (/^\.{1,2}\//.test(specifier)) {
      // Only here is a file certain to be no link to another place.
      return parentURL.includes("/node_modules/")
        ? resolveFile(new URL(specifier, parentURL).href, () => nextResolve(specifier, context))
        : nextResolve(specifier, context);
    }
    if (/^(node|file|data):|^[/#]/.test(specifier)) return nextResolve(specifier, context);
    const key = `${packageOf(folderOf(parentURL))} ${specifier}`;
    return memoised(named, key, () => ({ ...nextResolve(specifier, context), shortCircuit: true }));
  },
});

/** The file at `url`; the first of its kind in a folder is looked at by Node. */
function resolveFile(url: string, ask: () => ResolveFnOutput): ResolveFnOutput {
  const kind = `${folderOf(url)} ${url.slice(url.lastIndexOf("."))}`;
  const format = formats.get(kind);
  if (format) return { url, format, shortCircuit: true };
  const answer = ask();
  if (answer.url === url) formats.set(kind, answer.format);
  return answer;
}

function packageOf(folder: string): string {
  return memoised(packages, folder, () => {
    const above = new URL("..", folder).href;
    if (above === folder || existsSync(new URL("package.json", folder))) return folder;
    return packageOf(above);
  });
}

function folderOf(url: string): string {
  return new URL(".", url).href;
}

function memoised<Key, Value>(kept: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
