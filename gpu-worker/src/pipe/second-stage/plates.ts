/**
 * Number plates of vehicles: lines of text are found in each vehicle's picture and read.
 * Models: PP-OCRv4 mobile (PaddleOCR), detection `x` f32 [n, 3, h, w] -> map [n, 1, h, w]; recognition `x` f32
 * [n, 3, 48, w] -> [n, steps, 1 + characters]. Both take BGR.
 */

import type { Detection, Finding } from "@vigil/core/digest/wire";
import { type InferenceSession, Tensor } from "../../model/runtime/index.ts";
import { boxOf, cut, type Picture, type Region, regionOf, toPlanes } from "./crop.ts";
import { asPlate, readText } from "./read-text.ts";
import { findTextRegions } from "./text-regions.ts";

export type PlateReader = {
  finder: InferenceSession;
  reader: InferenceSession;
  characters: readonly string[];
};

type Plate = NonNullable<Finding["plates"]>[number];

const vehicles = new Set(["car", "truck", "bus", "motorcycle"]);
/** A plate is about a fifth of a car's width: below this it has no readable letters. */
const vehiclePixelsMin = 120;
const vehiclesMax = 4;
const linesPerVehicleMax = 3;
/** The longer side of a vehicle as the finder sees it; its sides must be multiples of 32. */
const finderSide = 384;
const finderStep = 32;
const readerHeight = 48;
const readerWidthMax = 320;
const confidenceMin = 0.6;
/** ImageNet's mean and deviation in levels of 255, applied to BGR as PaddleOCR does. */
const finderNormal = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] } as const;
const readerNormal = { mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] } as const;

export async function readPlates(
  models: PlateReader,
  picture: Picture,
  detections: readonly Detection[],
): Promise<Plate[]> {
  const regions = detections
    .filter(({ label }) => vehicles.has(label))
    .map(({ box }) => regionOf(box, picture))
    .filter(({ width }) => width >= vehiclePixelsMin)
    .toSorted((a, b) => b.width - a.width)
    .slice(0, vehiclesMax);
  const plates = new Map<string, Plate>();
  for (const vehicle of regions) {
    for (const line of await findLines(models.finder, picture, vehicle)) {
      const plate = await read(models, picture, line);
      // Vehicles overlap: the same plate may be seen in two of them.
      if (plate && plate.confidence > (plates.get(plate.text)?.confidence ?? 0)) {
        plates.set(plate.text, plate);
      }
    }
  }
  return [...plates.values()];
}

/** Regions of the picture that hold a line of text. */
async function findLines(finder: InferenceSession, picture: Picture, vehicle: Region): Promise<Region[]> {
  const scale = finderSide / Math.max(vehicle.width, vehicle.height);
  const width = toStep(vehicle.width * scale);
  const height = toStep(vehicle.height * scale);
  const planes = toPlanes(await cut(picture, vehicle, width, height), finderNormal, "bgr");
  const outputs = await finder.run({ x: new Tensor("float32", planes, [1, 3, height, width]) });
  const [map] = Object.values(outputs);
  if (!(map?.data instanceof Float32Array)) {
    throw new Error("expected a probability map from the text finder");
  }
  return findTextRegions(map.data, width, height)
    .filter((line) => line.width > line.height)
    .slice(0, linesPerVehicleMax)
    .map((line) => {
      const left = vehicle.left + Math.floor((line.left * vehicle.width) / width);
      const top = vehicle.top + Math.floor((line.top * vehicle.height) / height);
      const right = Math.min(
        picture.width,
        left + Math.max(1, Math.ceil((line.width * vehicle.width) / width)),
      );
      const bottom = Math.min(
        picture.height,
        top + Math.max(1, Math.ceil((line.height * vehicle.height) / height)),
      );
      return { left, top, width: right - left, height: bottom - top };
    });
}

async function read(
  { reader, characters }: PlateReader,
  picture: Picture,
  line: Region,
): Promise<Plate | undefined> {
  const width = Math.min(
    readerWidthMax,
    Math.max(readerHeight, Math.ceil((line.width * readerHeight) / line.height)),
  );
  const planes = toPlanes(await cut(picture, line, width, readerHeight), readerNormal, "bgr");
  const outputs = await reader.run({ x: new Tensor("float32", planes, [1, 3, readerHeight, width]) });
  const [output] = Object.values(outputs);
  if (!(output?.data instanceof Float32Array)) throw new Error("expected probabilities from the text reader");
  const { text, confidence } = readText(output.data, characters);
  const plate = asPlate(text);
  if (plate === undefined || confidence < confidenceMin) return undefined;
  return { text: plate, confidence, box: boxOf(line, picture) };
}

function toStep(side: number): number {
  return Math.max(finderStep, Math.round(side / finderStep) * finderStep);
}
