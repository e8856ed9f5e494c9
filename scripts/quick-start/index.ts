/** Variables under which a program starts from its sources in half the processor time; all that it starts inherits them. */
import { fileURLToPath } from "node:url";
import { environmentWith } from "../config.ts";

export function quickStart(options = environmentWith({}).NODE_OPTIONS ?? ""): Record<string, string> {
  const flag = `--import=${new URL("resolve-once.ts", import.meta.url).href}`;
  return {
    NODE_OPTIONS: options.includes(flag) ? options : `${options} ${flag}`.trim(),
    // What one process has compiled need not be compiled by the next.
    NODE_COMPILE_CACHE: fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)),
  };
}
