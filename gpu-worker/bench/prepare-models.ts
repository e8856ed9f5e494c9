/** The models of the benchmark: float32 as it comes, and INT8 of it, quantised here when there is none yet. */
import { access } from "node:fs/promises";
import { preparedPath } from "../src/model/index.ts";
import { parseOptions } from "../src/tools/model-command/options.ts";
import { runQuantize } from "../src/tools/model-command/quantize.ts";
import { terminal } from "../src/tools/model-command/terminal.ts";

/** Names for `load`, the reference first. INT8 is calibrated on `frames`, or on sample photographs when absent. */
export async function prepareModels(
  reference: string,
  { cacheDir, frames }: { cacheDir: string; frames?: string | undefined },
): Promise<string[]> {
  const int8 = `${reference}-int8`;
  const isPrepared = await access(preparedPath(int8, cacheDir)).then(
    () => true,
    () => false,
  );
  if (!isPrepared) {
    const calibrate = frames === undefined ? [] : ["--calibrate", frames];
    const options = parseOptions(["quantize", reference, ...calibrate, "--cache-dir", cacheDir]);
    if (options !== "help") await runQuantize(options, terminal, new AbortController().signal);
  }
  return [reference, int8];
}
