/** The thread that reads manifests: whoever reads one blocks, and what it reads was written by strangers. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { initSync, WasmReader } from "@contentauth/c2pa-wasm";
import { boundMemory } from "./bound-memory.ts";
import { blobOf, provideFileReader } from "./file-blob.ts";
import type { FromManifests, ManifestSettings, ToManifests } from "./messages.ts";

if (!parentPort) throw new Error("this file runs as a worker thread");
const port = parentPort;
const say = (message: FromManifests) => port.postMessage(message, []);
const { trustAnchors, memoryBytesMax } = workerData as ManifestSettings;

/** Nothing that a file names is fetched: neither manifests nor what certificates say of being revoked. */
const context = JSON.stringify({
  verify: { remote_manifest_fetch: false, ocsp_fetch: false, verify_trust: true },
  ...(trustAnchors === "" ? {} : { trust: { trust_anchors: trustAnchors } }),
});
Object.defineProperty(globalThis, "fetch", {
  value: () => Promise.reject(new Error("nothing is fetched here")),
});

provideFileReader();

type Asked = Exclude<ToManifests, { kind: "close" }>;

const open = (asked: Asked) =>
  asked.kind === "read"
    ? WasmReader.fromBytes(asked.contentType, asked.bytes, context)
    : WasmReader.fromBlob(asked.contentType, blobOf(asked.file), context);

async function read(asked: Asked): Promise<void> {
  try {
    const reader = await open(asked);
    say({ kind: "read", store: reader.json() });
    reader.free();
  } catch (error) {
    // After a trap the module's memory is in no known state.
    const isSpent = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    say({ kind: "fault", reason: error instanceof Error ? error.message : String(error), isSpent });
  }
}

try {
  const module = readFileSync(fileURLToPath(import.meta.resolve("@contentauth/c2pa-wasm/c2pa.wasm")));
  initSync({ module: boundMemory(module, memoryBytesMax) });
  port.on("message", (message: ToManifests) => {
    if (message.kind === "close") port.close();
    else void read(message);
  });
  say({ kind: "ready" });
} catch (error) {
  say({ kind: "refused", reason: error instanceof Error ? error.message : String(error) });
}
