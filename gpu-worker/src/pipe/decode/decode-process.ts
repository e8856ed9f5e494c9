/**
 * A process that decodes, one picture at a time, and holds nothing else: no key, no connection. Whatever a picture does to
 * the decoder ends with this process, which may be killed at any time.
 */
import { writeFileSync } from "node:fs";
import { freeNow } from "../../bounds/free-now.ts";
import { freeFingerprint } from "../lookalike/index.ts";
import { canvasBytesMax, decode } from "./decode-image.ts";
import { type FromDecodeProcess, pixelsDescriptor, type ToDecodeProcess } from "./messages.ts";
import { readPicture, writePixels } from "./pixels-file.ts";
import { UnreadableImage } from "./unreadable-image.ts";

if (!process.send) throw new Error("decode-process.ts is started by createDecoder()");
const send = process.send.bind(process);
// Not exit(): that would wait for the decoder, which may be stuck.
const end = () => process.kill(process.pid, "SIGKILL");
let memory = new SharedArrayBuffer(0);

async function answer(asked: ToDecodeProcess): Promise<FromDecodeProcess> {
  const { id, options } = asked;
  const bytes = readPicture(pixelsDescriptor, asked.bytes);
  const before = process.cpuUsage();
  const cost = () => {
    const { user, system } = process.cpuUsage(before);
    return { id, cpuMs: (user + system) / 1000 };
  };
  try {
    const needed = canvasBytesMax(options.inputSize);
    if (memory.byteLength !== needed) memory = new SharedArrayBuffer(needed);
    const decoded = await decode(bytes, options, memory);
    const image = writePixels(pixelsDescriptor, decoded);
    freeFingerprint(decoded.fingerprint);
    return { kind: "decoded", ...cost(), image };
  } catch (error) {
    if (error instanceof UnreadableImage) {
      return { kind: "unreadable", ...cost(), reason: error.reason, detail: error.message };
    }
    return { kind: "failed", ...cost(), reason: error instanceof Error ? error.message : String(error) };
  } finally {
    freeNow(bytes);
  }
}

/** To a worker that is gone nothing can be said, and nobody needs to hear of it. */
function tell(said: FromDecodeProcess): void {
  send(said, undefined, undefined, (error) => {
    if (error) end();
  });
}

/** Where memory runs out, the system ends a process of this kind before the worker. Linux only. */
function offerItself(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Then the system chooses.
  }
}

offerItself();
// The worker ends its processes itself: a terminal's Ctrl-C reaches them too.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
process.on("disconnect", end);
process.on("message", (asked: ToDecodeProcess) => {
  void answer(asked).then(tell);
});
tell({ kind: "ready" });
