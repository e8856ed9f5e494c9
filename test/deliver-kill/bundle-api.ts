/** API, consumers and sweep in one file, which starts in a fraction of the time that its sources take. */
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/commands.ts";

export async function bundleApi(): Promise<string> {
  // Beside the packages that stay outside of it.
  const folder = join(root, ".vigil/deliver-kill");
  const program = join(folder, "local.js");
  await build({
    entryPoints: [join(root, "functions/src/local.ts")],
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
