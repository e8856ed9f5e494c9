/** Pixels as a model takes them. */
import assert from "node:assert/strict";
import type { LoadedModel } from "../../model/loaded-model.ts";
import type { Layout } from "../../model/onnx/layout.ts";
import { Tensor } from "../../model/runtime/index.ts";
import type { Canvas, Picture } from "../decode/index.ts";

/** All `pictures` have the same canvas; the tensor holds `slots` images, those beyond the pictures zero. */
export type FillInput = (pictures: readonly Picture[], slots: number) => Tensor;

/** The buffer behind the tensors is the same every time: a tensor is valid until the next call. */
export function createInput(model: Pick<LoadedModel, "input" | "layout">): FillInput {
  return model.input === "u8-hwc" ? createBytesInput() : createFloatInput(model.layout);
}

/** uint8 [slots, H, W, 3]: the graph transposes and scales. The runtime takes no shared memory, so one copy stays. */
function createBytesInput(): FillInput {
  let buffer = new Uint8Array(0);
  return (pictures, slots) => {
    const { width, height } = canvasOf(pictures);
    const length = width * height * 3;
    if (buffer.length < slots * length) buffer = new Uint8Array(slots * length);
    pictures.forEach(({ pixels }, index) => {
      buffer.set(pixels, index * length);
    });
    buffer.fill(0, pictures.length * length, slots * length);
    return new Tensor("uint8", buffer.subarray(0, slots * length), [slots, height, width, 3]);
  };
}

/** float32 [slots, 3, H, W]: BGR 0..255 for YOLOX, RGB 0..1 for the others. */
function createFloatInput(layout: Layout): FillInput {
  const isBgr = layout === "yolox";
  const scale = isBgr ? 1 : 1 / 255;
  let buffer = new Float32Array(0);
  return (pictures, slots) => {
    const { width, height } = canvasOf(pictures);
    const length = width * height * 3;
    if (buffer.length < slots * length) buffer = new Float32Array(slots * length);
    pictures.forEach(({ pixels }, index) => {
      toPlanes(pixels, buffer.subarray(index * length, (index + 1) * length), isBgr, scale);
    });
    buffer.fill(0, pictures.length * length, slots * length);
    return new Tensor("float32", buffer.subarray(0, slots * length), [slots, 3, height, width]);
  };
}

/** From [H, W, 3] RGB bytes to [3, H, W] floats. */
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

function canvasOf(pictures: readonly Picture[]): Canvas {
  const [first] = pictures;
  assert.ok(first, "a run needs a picture");
  const { width, height } = first.canvas;
  for (const { pixels, canvas } of pictures) {
    assert.ok(canvas.width === width && canvas.height === height, "the pictures of a run share a canvas");
    const length = width * height * 3;
    assert.equal(
      pixels.length,
      length,
      `expected ${length} bytes for ${width} x ${height}, got ${pixels.length}`,
    );
  }
  return first.canvas;
}
