/** Pixels as a model takes them. */
import assert from "node:assert/strict";
import { Tensor } from "onnxruntime-node";
import type { LoadedModel } from "../model/loaded-model.ts";

/** `images` are [size, size, 3] RGB each; the tensor holds `slots` images, those beyond `images` zero. */
export type FillInput = (images: readonly Uint8Array[], slots: number) => Tensor;

/** The buffer behind the tensors is the same every time: a tensor is valid until the next call. */
export function createInput(model: Pick<LoadedModel, "input" | "inputSize" | "layout">): FillInput {
  return model.input === "u8-hwc" ? createBytesInput(model.inputSize) : createFloatInput(model);
}

/** uint8 [slots, S, S, 3]: the graph transposes and scales. The runtime takes no shared memory, so one copy stays. */
function createBytesInput(size: number): FillInput {
  const length = size * size * 3;
  let buffer = new Uint8Array(0);
  return (images, slots) => {
    if (buffer.length < slots * length) buffer = new Uint8Array(slots * length);
    images.forEach((pixels, index) => {
      assertLength(pixels, size);
      buffer.set(pixels, index * length);
    });
    buffer.fill(0, images.length * length, slots * length);
    return new Tensor("uint8", buffer.subarray(0, slots * length), [slots, size, size, 3]);
  };
}

/** float32 [slots, 3, S, S]: RGB 0..1 for YOLOv8, BGR 0..255 for YOLOX. */
function createFloatInput({ inputSize, layout }: Pick<LoadedModel, "inputSize" | "layout">): FillInput {
  const length = inputSize * inputSize * 3;
  const isBgr = layout === "yolox";
  const scale = layout === "yolov8" ? 1 / 255 : 1;
  let buffer = new Float32Array(0);
  return (images, slots) => {
    if (buffer.length < slots * length) buffer = new Float32Array(slots * length);
    images.forEach((pixels, index) => {
      assertLength(pixels, inputSize);
      toPlanes(pixels, buffer.subarray(index * length, (index + 1) * length), isBgr, scale);
    });
    buffer.fill(0, images.length * length, slots * length);
    return new Tensor("float32", buffer.subarray(0, slots * length), [slots, 3, inputSize, inputSize]);
  };
}

/** From [S, S, 3] RGB bytes to [3, S, S] floats. */
function toPlanes(pixels: Uint8Array, planes: Float32Array, isBgr: boolean, scale: number): void {
  const plane = planes.length / 3;
  const red = isBgr ? 2 * plane : 0;
  const blue = isBgr ? 0 : 2 * plane;
  for (let at = 0, pixel = 0; at < plane; at += 1, pixel += 3) {
    planes[red + at] = (pixels[pixel] as number) * scale;
    planes[plane + at] = (pixels[pixel + 1] as number) * scale;
    planes[blue + at] = (pixels[pixel + 2] as number) * scale;
  }
}

function assertLength(pixels: Uint8Array, size: number): void {
  const length = size * size * 3;
  assert.equal(
    pixels.length,
    length,
    `expected ${length} bytes of pixels for ${size} x ${size}, got ${pixels.length}`,
  );
}
