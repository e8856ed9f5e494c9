/**
 * A plain float32 YOLOv8 detector, written apart from the production path and as simply as it can be: full decode,
 * bilinear letterbox in loops (as OpenCV's INTER_LINEAR), one run, greedy suppression over objects. Slow; tests
 * compare the fast path against it.
 */

import sharp from "sharp";
import { InferenceSession, Tensor } from "../src/model/runtime/index.ts";

export type ReferenceDetection = { label: string; confidence: number; box: [number, number, number, number] };

export type ReferenceDetector = {
  /** Boxes x, y, width, height as fractions of the image, most confident first. */
  detect(bytes: Uint8Array): Promise<ReferenceDetection[]>;
  close(): Promise<void>;
};

/**
 * The model must take `images` float32 [1, 3, H, W] and answer [1, 4 + classes, anchors]. `fitted`: it sees no more
 * than the picture, filled up to multiples of 32, where the model's export leaves H and W open; a square otherwise.
 */
export async function createReferenceDetector(
  modelPath: string,
  labels: readonly string[],
  { size = 640, fitted = false, confidenceMin = 0.25, iouMax = 0.5 } = {},
): Promise<ReferenceDetector> {
  const session = await InferenceSession.create(modelPath, { intraOpNumThreads: 1 });
  return {
    async detect(bytes) {
      const { data, info } = await sharp(bytes)
        .autoOrient()
        .removeAlpha()
        .toColourspace("srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      const letterboxed = letterbox(data, info.width, info.height, size, fitted);
      const { output0 } = await session.run({
        images: new Tensor("float32", letterboxed.planes, [1, 3, letterboxed.height, letterboxed.width]),
      });
      if (!output0) throw new Error("expected an output named output0");
      const found = readRows(output0.data as Float32Array, output0.dims[2] ?? 0, labels, confidenceMin);
      return suppress(found, iouMax).map(({ label, confidence, corners: [left, top, right, bottom] }) => {
        const x0 = clamp((left - letterboxed.left) / letterboxed.scale / info.width);
        const y0 = clamp((top - letterboxed.top) / letterboxed.scale / info.height);
        const x1 = clamp((right - letterboxed.left) / letterboxed.scale / info.width);
        const y1 = clamp((bottom - letterboxed.top) / letterboxed.scale / info.height);
        return { label, confidence, box: [x0, y0, x1 - x0, y1 - y0] };
      });
    },
    close: () => session.release(),
  };
}

/** Planes of RGB 0..1, the image centred on grey 114. */
function letterbox(rgb: Uint8Array, width: number, height: number, size: number, fitted: boolean) {
  const scale = Math.min(size / width, size / height);
  const newWidth = Math.round(width * scale);
  const newHeight = Math.round(height * scale);
  const fullWidth = fitted ? 32 * Math.ceil(newWidth / 32) : size;
  const fullHeight = fitted ? 32 * Math.ceil(newHeight / 32) : size;
  const left = Math.floor((fullWidth - newWidth) / 2);
  const top = Math.floor((fullHeight - newHeight) / 2);
  const area = fullWidth * fullHeight;
  const planes = new Float32Array(3 * area).fill(114 / 255);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const sourceX = (x + 0.5) / scale - 0.5;
      const sourceY = (y + 0.5) / scale - 0.5;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = bilinear(rgb, width, height, sourceX, sourceY, channel);
        planes[channel * area + (y + top) * fullWidth + x + left] = value / 255;
      }
    }
  }
  return { planes, scale, left, top, width: fullWidth, height: fullHeight };
}

function bilinear(
  rgb: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  channel: number,
): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = (column: number, row: number): number => {
    const clampedX = Math.min(width - 1, Math.max(0, column));
    const clampedY = Math.min(height - 1, Math.max(0, row));
    return rgb[(clampedY * width + clampedX) * 3 + channel] ?? 0;
  };
  const fractionX = x - x0;
  const upper = at(x0, y0) * (1 - fractionX) + at(x0 + 1, y0) * fractionX;
  const lower = at(x0, y0 + 1) * (1 - fractionX) + at(x0 + 1, y0 + 1) * fractionX;
  return upper * (1 - (y - y0)) + lower * (y - y0);
}

type Found = { label: string; confidence: number; corners: [number, number, number, number] };

function readRows(
  output: Float32Array,
  anchors: number,
  labels: readonly string[],
  confidenceMin: number,
): Found[] {
  const found: Found[] = [];
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    const scores = labels.map((_, index) => output[(4 + index) * anchors + anchor] ?? 0);
    const confidence = Math.max(...scores);
    if (confidence < confidenceMin) continue;
    const [x = 0, y = 0, width = 0, height = 0] = [0, 1, 2, 3].map((row) => output[row * anchors + anchor]);
    found.push({
      label: labels[scores.indexOf(confidence)] ?? "?",
      confidence,
      corners: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
    });
  }
  return found;
}

function suppress(found: readonly Found[], iouMax: number): Found[] {
  const rest = found.toSorted((a, b) => b.confidence - a.confidence);
  const kept: Found[] = [];
  for (const candidate of rest) {
    const hidden = kept.some(
      (other) => other.label === candidate.label && cornerIou(other.corners, candidate.corners) > iouMax,
    );
    if (!hidden) kept.push(candidate);
  }
  return kept;
}

function cornerIou(a: Found["corners"], b: Found["corners"]): number {
  const overlapX = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const overlapY = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]);
  return (overlapX * overlapY) / (areas - overlapX * overlapY);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
