/**
 * The JavaScript stack of a process that never yields, through its inspector, which has a thread of its own: SIGUSR1
 * opens it, and it stops the main thread wherever it is. Linux only: the inspector's port is found in /proc.
 */
import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";

const openMsMax = 5_000;
const pauseMsMax = 5_000;
const listening = "0A";

const Targets = z.array(z.object({ webSocketDebuggerUrl: z.url() })).min(1);
const ScriptParsed = z.object({
  method: z.literal("Debugger.scriptParsed"),
  params: z.object({ scriptId: z.string(), url: z.string() }),
});
const Paused = z.object({
  method: z.literal("Debugger.paused"),
  params: z.object({
    callFrames: z.array(
      z.object({
        functionName: z.string(),
        location: z.object({ scriptId: z.string(), lineNumber: z.int(), columnNumber: z.int() }),
      }),
    ),
  }),
});

/** Undefined when the inspector cannot be had (its port, 9229, is taken), or when no JavaScript runs within 5 s. The process stays stopped. */
export async function interrupt(pid: number): Promise<string[] | undefined> {
  if (!signal(pid, "SIGUSR1")) return undefined;
  const deadline = performance.now() + openMsMax;
  while (performance.now() < deadline) {
    for (const port of await listPorts(pid)) {
      const url = await findInspector(port);
      if (url !== undefined) return stopAt(url);
    }
    await pause(50);
  }
  return undefined;
}

/** False when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Ports on 127.0.0.1 on which the process listens (proc(5), net/tcp). */
async function listPorts(pid: number): Promise<number[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => ""));
  const sockets = new Set(await Promise.all(links));
  const table = await readFile(`/proc/${pid}/net/tcp`, "utf8").catch(() => "");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    const isOwn = state === listening && sockets.has(`socket:[${inode}]`);
    return isOwn ? [Number.parseInt(local.split(":")[1] ?? "", 16)] : [];
  });
}

/** The process's other servers may listen too: they answer something else, or nothing. */
async function findInspector(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(1_000) });
    return Targets.parse(await answer.json())[0]?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}

async function stopAt(url: string): Promise<string[] | undefined> {
  const socket = new WebSocket(url);
  const scripts = new Map<string, string>();
  const stack = Promise.withResolvers<string[] | undefined>();
  const timer = setTimeout(() => stack.resolve(undefined), pauseMsMax);
  socket.addEventListener("open", () => {
    socket.send(JSON.stringify({ id: 1, method: "Debugger.enable" }));
    socket.send(JSON.stringify({ id: 2, method: "Debugger.pause" }));
  });
  socket.addEventListener("message", ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    const parsed = ScriptParsed.safeParse(message);
    if (parsed.success) scripts.set(parsed.data.params.scriptId, parsed.data.params.url);
    const paused = Paused.safeParse(message);
    if (paused.success) {
      stack.resolve(paused.data.params.callFrames.map((frame) => inOneLine(frame, scripts)));
    }
  });
  socket.addEventListener("error", () => stack.resolve(undefined));
  const frames = await stack.promise;
  clearTimeout(timer);
  socket.close();
  return frames;
}

type Frame = z.infer<typeof Paused>["params"]["callFrames"][number];

function inOneLine({ functionName, location }: Frame, scripts: ReadonlyMap<string, string>): string {
  const { scriptId, lineNumber, columnNumber } = location;
  const where = `${scripts.get(scriptId) ?? ""}:${lineNumber + 1}:${columnNumber + 1}`;
  return `at ${functionName || "(anonymous)"} (${where})`;
}
