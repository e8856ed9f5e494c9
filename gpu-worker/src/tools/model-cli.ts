/**
 * `npm run model -- prepare|quantize|inspect|list`: models made ready for the worker, without Python.
 *
 * @example
 *   npm run model -- prepare yolov8n                        # MODEL=yolov8n-float32
 *   npm run model -- quantize yolov8n --calibrate ./frames  # MODEL=yolov8n-int8
 */
import { runInspect } from "./model-command/inspect.ts";
import { runList } from "./model-command/list.ts";
import { help, type Options, parseOptions } from "./model-command/options.ts";
import { runPrepare } from "./model-command/prepare.ts";
import { runQuantize } from "./model-command/quantize.ts";
import { type Terminal, terminal } from "./model-command/terminal.ts";

const commands: Readonly<
  Record<Options["command"], (options: Options, terminal: Terminal, signal: AbortSignal) => Promise<void>>
> = { prepare: runPrepare, quantize: runQuantize, inspect: runInspect, list: runList };

/** The shell's number for "ended by Ctrl-C". */
const interrupted = 130;

/** Runs one command; answers the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  // Only once: a second Ctrl-C ends the process at once, as it does everywhere.
  process.once("SIGINT", () => stop.abort(new Error("stopped; nothing was written")));
  try {
    const options = parseOptions(argv);
    if (options === "help") process.stdout.write(help);
    else await commands[options.command](options, terminal, stop.signal);
    return 0;
  } catch (error) {
    terminal.done(error instanceof Error ? error.message : String(error));
    return stop.signal.aborted ? interrupted : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
