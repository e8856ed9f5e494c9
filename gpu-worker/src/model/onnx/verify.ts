/**
 * Proof that an edited graph still says what the original said: both look at the same images, once one by one
 * and once as a batch.
 */
import { InferenceSession, Tensor } from "../runtime/index.ts";
import { strides } from "./anchors.ts";
import type { Recognised } from "./layout.ts";

type Shape = Pick<Recognised, "layout" | "inputSize" | "classes" | "anchors">;

/** Values of one anchor of the raw output, decoded: box in input pixels, score and index of its best class. */
type Anchor = { box: readonly [number, number, number, number]; score: number; label: number };

const session = { executionProviders: ["cpu"], logSeverityLevel: 3 } as const;
const batch = 2;
/** Float summation orders differ between graphs; a wrong edit is off by far more. */
const scoreTolerance = 1e-3;
const boxTolerancePixels = 0.5;
const boxToleranceShare = 1e-3;

/**
 * Throws when the prepared graph (uint8 input, reduced output) answers otherwise than the original.
 * Both are the bytes of an ONNX file.
 */
export async function verify(original: Uint8Array, prepared: Uint8Array, shape: Shape): Promise<void> {
  const images = Array.from({ length: batch }, (_, index) => syntheticImage(shape.inputSize, index));
  const before = await InferenceSession.create(original, session);
  const after = await InferenceSession.create(prepared, session);
  try {
    const expected: Anchor[][] = [];
    for (const image of images) expected.push(await runOriginal(before, image, shape));
    const together = await runPrepared(after, images, shape.inputSize);
    const [first] = images;
    const alone = first ? await runPrepared(after, [first], shape.inputSize) : [];
    [...together, ...alone].forEach((rows, index) => {
      compare(expected[index % batch] ?? [], rows);
    });
  } finally {
    await before.release();
    await after.release();
  }
}

/** Smooth shapes with an edge or two: enough to excite every layer, the same on every machine. */
function syntheticImage(size: number, seed: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = (y * size + x) * 3;
      pixels[at] = 127 + 120 * Math.sin((x + 40 * seed) / 23);
      pixels[at + 1] = 127 + 120 * Math.cos((y - 25 * seed) / 31);
      pixels[at + 2] = (x * y) % 97 > 48 + seed ? 220 : (x + y) % 256;
    }
  }
  return pixels;
}

async function runOriginal(before: InferenceSession, pixels: Uint8Array, shape: Shape): Promise<Anchor[]> {
  const { inputSize: size } = shape;
  const [name = ""] = before.inputNames;
  const input = new Tensor("float32", toPlanes(pixels, shape), [1, 3, size, size]);
  const output = (await before.run({ [name]: input }))[before.outputNames[0] ?? ""];
  if (!(output?.data instanceof Float32Array)) {
    throw new Error(`expected a float32 output, got ${output?.type ?? "none"}`);
  }
  return shape.layout === "yolox" ? anchorsOfYolox(output.data, shape) : anchorsOfYolov8(output.data, shape);
}

/** [S, S, 3] RGB bytes -> [3, S, S] as the layout wants them. */
function toPlanes(pixels: Uint8Array, { layout, inputSize }: Shape): Float32Array {
  const area = inputSize * inputSize;
  const planes = new Float32Array(3 * area);
  for (let at = 0; at < area; at++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = pixels[at * 3 + channel] ?? 0;
      if (layout === "yolox") planes[(2 - channel) * area + at] = value;
      else planes[channel * area + at] = value / 255;
    }
  }
  return planes;
}

function anchorsOfYolov8(raw: Float32Array, { classes, anchors }: Shape): Anchor[] {
  const value = (row: number, anchor: number) => raw[row * anchors + anchor] ?? 0;
  return Array.from({ length: anchors }, (_, anchor) => {
    const best = largest(classes, (label) => value(4 + label, anchor));
    return { box: [value(0, anchor), value(1, anchor), value(2, anchor), value(3, anchor)], ...best };
  });
}

function anchorsOfYolox(raw: Float32Array, { classes, inputSize }: Shape): Anchor[] {
  const found: Anchor[] = [];
  for (const stride of strides) {
    const side = inputSize / stride;
    for (let position = 0; position < side * side; position++) {
      const start = found.length * (5 + classes);
      const value = (column: number) => raw[start + column] ?? 0;
      const best = largest(classes, (label) => value(5 + label));
      const x = (value(0) + (position % side)) * stride;
      const y = (value(1) + Math.floor(position / side)) * stride;
      const box = [x, y, Math.exp(value(2)) * stride, Math.exp(value(3)) * stride] as const;
      found.push({ box, score: best.score * value(4), label: best.label });
    }
  }
  return found;
}

function largest(classes: number, score: (label: number) => number): { score: number; label: number } {
  let best = { score: score(0), label: 0 };
  for (let label = 1; label < classes; label++) {
    if (score(label) > best.score) best = { score: score(label), label };
  }
  return best;
}

async function runPrepared(
  after: InferenceSession,
  images: readonly Uint8Array[],
  size: number,
): Promise<Anchor[][]> {
  const pixels = new Uint8Array(images.length * size * size * 3);
  images.forEach((image, index) => {
    pixels.set(image, index * image.length);
  });
  const input = new Tensor("uint8", pixels, [images.length, size, size, 3]);
  const { boxes, scores, classes } = await after.run({ images: input });
  const rows = scores?.dims[1] ?? 0;
  return images.map((_, image) =>
    Array.from({ length: rows }, (__, row) => {
      const at = image * rows + row;
      const corner = (index: number) => Number(boxes?.data[at * 4 + index]);
      return {
        box: [corner(0), corner(1), corner(2), corner(3)],
        score: Number(scores?.data[at]),
        label: Number(classes?.data[at]),
      };
    }),
  );
}

/** Every row must be an anchor of the original, in the order of the scores, and none better may be missing. */
function compare(expected: readonly Anchor[], rows: readonly Anchor[]): void {
  const ranked = expected.toSorted((one, other) => other.score - one.score);
  rows.forEach((row, index) => {
    const wanted = ranked[index];
    const twin = expected.find(
      ({ box, score, label }) =>
        label === row.label &&
        Math.abs(score - row.score) <= scoreTolerance &&
        box.every((side, corner) => isNear(side, row.box[corner])),
    );
    if (!twin || !wanted || Math.abs(wanted.score - row.score) > scoreTolerance) {
      throw new Error(
        `the edited model disagrees with the original: expected candidate ${index} to score ${wanted?.score}, ` +
          `got ${JSON.stringify(row)}; the model is not what its layout says, or its export is not supported`,
      );
    }
  });
}

function isNear(side: number, other = Number.NaN): boolean {
  return Math.abs(side - other) <= Math.max(boxTolerancePixels, boxToleranceShare * Math.abs(side));
}
