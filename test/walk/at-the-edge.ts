/** A large event as a device posts it, through what stands in front of the API, in Cloudflare's own runtime. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { eventPart, formBody, imagePart } from "../../functions/testing/forms.ts";
import { heavyJpeg } from "../../packages/core/testing/images.ts";

/** Pictures of 5 MB each. @returns the body of its form */
export async function largeForm(count: number, bytesEach: number): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = await Promise.all(
    Array.from({ length: count }, (_, at) => heavyJpeg(101 + at, bytesEach)),
  );
  const event = {
    id: randomUUID(),
    type: "motion",
    occurredAt: new Date().toISOString(),
    zone: "garden",
  };
  return new Uint8Array(
    formBody([eventPart(event), ...pictures.map((bytes, at) => imagePart(bytes, `; filename="${at}.jpg"`))]),
  );
}

export const formType = "multipart/form-data; boundary=xxBOUNDxx";

/** What V8 holds for the worker: its heap, and the buffers beside it. */
export type HeapWatch = AsyncDisposable & { readonly peakBytes: number };

const everyMs = 20;

type HeapUsage = { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number };

/** Asks the runtime's debugger again and again. @param inspectorUrl of the runtime */
export async function watchHeap(inspectorUrl: string): Promise<HeapWatch> {
  const targets = (await (await fetch(`${inspectorUrl}/json`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? "");
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  let peakBytes = 0;
  let id = 0;
  socket.addEventListener("message", ({ data }) => {
    const { result } = JSON.parse(String(data)) as { result?: HeapUsage };
    if (result?.usedSize === undefined) return;
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = result;
    peakBytes = Math.max(peakBytes, usedSize + embedderHeapUsedSize + backingStorageSize);
  });
  const timer = setInterval(() => {
    id += 1;
    socket.send(JSON.stringify({ id, method: "Runtime.getHeapUsage" }));
  }, everyMs);
  return {
    get peakBytes() {
      return peakBytes;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
      socket.close();
      await closed;
    },
  };
}

/** The most that a process has ever held, in bytes; 0 where there is no /proc. */
export async function residentPeakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
