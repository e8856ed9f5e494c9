/** Which execution providers this machine may have, told without loading them: a failed try writes to stderr. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { arch, platform } from "node:process";
import type { ConcreteProvider } from "./messages.ts";

/** The likely fastest first; measuring has the last word. TensorRT builds for minutes, so that it is asked for by name. */
export function listProviders(): ConcreteProvider[] {
  const providers: ConcreteProvider[] = [];
  if (hasCuda()) providers.push("cuda");
  if (hasGraphics()) providers.push("webgpu");
  return [...providers, "cpu"];
}

/** The npm package comes without CUDA; an image for GPUs adds the library beside the runtime's own. */
function hasCuda(): boolean {
  const entry = createRequire(import.meta.url).resolve("onnxruntime-node");
  const folder = join(dirname(entry), "..", "bin", "napi-v6", platform, arch);
  return existsSync(join(folder, "libonnxruntime_providers_cuda.so"));
}

/** Dawn, the runtime's WebGPU, drives Metal, Direct3D, or Vulkan on a Linux render node. */
function hasGraphics(): boolean {
  if (platform === "darwin" || platform === "win32") return true;
  try {
    return readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));
  } catch {
    return false;
  }
}
