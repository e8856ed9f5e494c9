import { dirname } from "node:path";
import { systemClock } from "@vigil/core/platform/clock";
import { preparedPath } from "../../model/index.ts";
import { prepare, write } from "../../model/onnx/index.ts";
import type { Options } from "./options.ts";
import { readSource } from "./source.ts";
import type { Terminal } from "./terminal.ts";

export async function runPrepare(options: Options, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const source = await readSource(options, terminal, signal);
  const name = options.as ?? `${source.name}-float32`;
  terminal.progress("editing the graph, and comparing it with the original");
  const { model, manifest } = await prepare({
    ...source,
    name,
    candidates: options.candidates,
    createdAt: systemClock.now(),
  });
  signal.throwIfAborted();
  const path = await write(dirname(preparedPath(name, options["cache-dir"])), model, manifest);
  terminal.done(`${name}: the edited graph answers as the original does`);
  terminal.print(path);
}
