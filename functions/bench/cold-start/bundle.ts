/** Bundles a function with what SST gives esbuild, and the options of the deployment. */
import { join, parse } from "node:path";
import { build } from "esbuild";
import { root } from "../../../scripts/commands.ts";
import { bundling } from "../../bundling.ts";

export type Bundled = {
  /** The file with the handler. */
  path: string;
  /** Of the files that are loaded with it, and of all of them. */
  bytes: { atOnce: number; inAll: number };
  /** The sources of which anything is in the files that are loaded with it, by their paths from the root. */
  sources: readonly string[];
};

/** The same banner that SST gives an ES module, for packages that still call `require`. */
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

export async function bundleFunction(source: string, outdir: string): Promise<Bundled> {
  const { esbuild, splitting, format, minify, sourcemap } = bundling;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "es2024",
    mainFields: ["module", "main"],
    banner: { js: banner },
    external: ["pg-native", "sharp"],
    logLevel: "error",
    metafile: true,
    splitting,
    format,
    minify,
    sourcemap,
    ...esbuild,
  });
  const outputs = new Map(Object.entries(metafile.outputs));
  const [entry = ""] = [...outputs].find(([, { entryPoint }]) => entryPoint === source) ?? [];
  const atOnce = new Set([entry]);
  for (const file of atOnce) {
    for (const { path, kind } of outputs.get(file)?.imports ?? []) {
      if (kind === "import-statement" && outputs.has(path)) atOnce.add(path);
    }
  }
  const bytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (outputs.get(file)?.bytes ?? 0), 0);
  return {
    path: join(outdir, `${parse(source).name}.mjs`),
    bytes: { atOnce: bytes(atOnce), inAll: bytes(outputs.keys()) },
    sources: [...atOnce].flatMap((file) =>
      Object.entries(outputs.get(file)?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [input] : [],
      ),
    ),
  };
}
