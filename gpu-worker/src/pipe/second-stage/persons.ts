/**
 * What a person looks like, as a vector by which the same person is found again in other moments of one review.
 * Model: OSNet (Zhou et al., "Omni-Scale Feature Learning", Torchreid): `images` f32 [n, 3, 256, 128], RGB normalised
 * as ImageNet; output [n, features].
 */

import type { Detection } from "@vigil/core/digest/wire";
import { type InferenceSession, Tensor } from "../../model/runtime/index.ts";
import { cut, type Picture, regionOf, toPlanes } from "./crop.ts";

const width = 128;
const height = 256;
/** ImageNet's mean and deviation in levels of 255. */
const normal = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] } as const;
/** Below this height clothes are a handful of pixels and everybody looks alike. */
const personPixelsMin = 48;
const personsMax = 20;

export type SeenPerson = { detection: number; embedding: Float32Array };

/** `detection` is the index into `detections`; embeddings have unit length. */
export async function describePersons(
  session: InferenceSession,
  picture: Picture,
  detections: readonly Detection[],
): Promise<SeenPerson[]> {
  const persons = detections
    .map(({ label, box }, detection) => ({ label, detection, region: regionOf(box, picture) }))
    .filter(({ label, region }) => label === "person" && region.height >= personPixelsMin)
    .toSorted((a, b) => b.region.height - a.region.height)
    .slice(0, personsMax);
  if (persons.length === 0) return [];
  const input = new Float32Array(persons.length * 3 * width * height);
  for (const [index, { region }] of persons.entries()) {
    input.set(toPlanes(await cut(picture, region, width, height), normal), index * 3 * width * height);
  }
  const [name = "images"] = session.inputNames;
  const outputs = await session.run({
    [name]: new Tensor("float32", input, [persons.length, 3, height, width]),
  });
  const [output] = Object.values(outputs);
  if (!(output?.data instanceof Float32Array)) throw new Error("expected one output of floats from OSNet");
  const features = output.data.length / persons.length;
  const values = output.data;
  return persons.map(({ detection }, index) => ({
    detection,
    embedding: toUnitLength(values.slice(index * features, (index + 1) * features)),
  }));
}

function toUnitLength(values: Float32Array): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? values : values.map((value) => value / length);
}
