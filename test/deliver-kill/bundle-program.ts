/** A program of the API's in one file, which starts in a fraction of the time that its sources take. */
import { basename, join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/commands.ts";

/** @param source from the root of the repository */
export async function bundleProgram(source: string): Promise<string> {
  // Beside the packages that stay outside of it.
  const program = join(root, ".vigil/bundled", `${basename(source, ".ts")}.js`);
  await build({
    entryPoints: [join(root, source)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["sharp"],
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    logLevel: "error",
  });
  return program;
}
