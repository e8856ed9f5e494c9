/** What a Node process is doing: from the diagnostic report that it writes on a signal, or from its inspector. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { interrupt, signal } from "./interrupt.ts";

/** The flags under which a process can be asked; it writes its reports into `folder`. */
export function stackFlags(folder: string): string[] {
  return [
    "--report-on-signal",
    "--report-signal=SIGUSR2",
    `--report-directory=${folder}`,
    "--report-exclude-env",
    "--report-exclude-network",
  ];
}

/** Node's report, version 5: https://nodejs.org/api/report.html */
const Report = z.object({
  javascriptStack: z.object({ message: z.string().optional(), stack: z.array(z.string()).optional() }),
  nativeStack: z.array(z.object({ symbol: z.string() })),
  libuv: z.array(
    z.looseObject({
      type: z.string(),
      is_active: z.boolean().optional(),
      is_referenced: z.boolean().optional(),
    }),
  ),
});

const reportMsMax = 3_000;
const nativeFramesMax = 12;

/**
 * Describes what the process is in the midst of: what it waits for, or, where it does not come to answer, its
 * JavaScript stack. It is of no use afterwards: it may be left stopped.
 */
export async function readStack(pid: number, folder: string): Promise<string> {
  if (!signal(pid, "SIGUSR2")) return "no stack: it has ended by itself";
  const deadline = performance.now() + reportMsMax;
  while (performance.now() < deadline) {
    const report = await findReport(pid, folder);
    if (report) return describe(report);
    await pause(50);
  }
  const frames = await interrupt(pid);
  return frames
    ? ["stack of its main thread:", ...frames.map((frame) => `    ${frame}`)].join("\n")
    : "no stack: the process does not answer, and its inspector does not either";
}

async function findReport(pid: number, folder: string): Promise<z.infer<typeof Report> | undefined> {
  // Named report.<date>.<time>.<pid>.<thread>.<sequence>.json
  const name = (await readdir(folder)).find((one) => one.split(".")[3] === String(pid));
  if (name === undefined) return undefined;
  try {
    return Report.parse(JSON.parse(await readFile(join(folder, name), "utf8")));
  } catch {
    // Half written: it is whole the next time.
    return undefined;
  }
}

function describe({ javascriptStack, nativeStack, libuv }: z.infer<typeof Report>): string {
  const stack = (javascriptStack.stack ?? []).filter((line) => line.trim() !== "");
  const frames = nativeStack.slice(0, nativeFramesMax).map(({ symbol }) => `    ${symbol || "(no symbol)"}`);
  const waitsFor = libuv
    .filter((handle) => handle.is_active && handle.is_referenced)
    .map((handle) => `    ${JSON.stringify(handle)}`);
  return [
    `stack of its main thread: ${javascriptStack.message ?? ""}`,
    ...stack.map((line) => `    ${line.trim()}`),
    "native stack:",
    ...frames,
    "it waits for:",
    ...waitsFor,
  ].join("\n");
}
