/**
 * What the things in a picture look like, so that the same one is known again and another in its place is told from it:
 * a difference hash of the box and the name of the colour that prevails. Only of what may stand before a camera for good:
 * of people and animals nothing of the kind is ever made.
 */
import type { Appearance, Box, Detection } from "@vigil/core/digest/wire";
import { isLearnable } from "@vigil/core/scene/learnable";
import type { DecodedImage } from "../decode/index.ts";
import { prevailingColour } from "./colour.ts";

/** The surest of them: a picture of a crowded car park need not describe every speck. */
const describedMax = 40;
/** Smaller boxes, in pixels of the canvas, are a handful of pixels and look like one another. */
const sideMin = 12;
const hashSide = 8;
/** Neighbouring patches that differ by less differ by chance. */
const hashLevels = 2;
/** Samples of a patch across and down. */
const patchSamples = 4;

type Shown = Pick<DecodedImage, "pixels" | "canvas" | "letterbox" | "width" | "height"> & {
  statistics: Pick<DecodedImage["statistics"], "monochrome">;
};

/** The same detections, with what they look like where that can be told. Reads the image's pixels. */
export function describeThings(detections: readonly Detection[], image: Shown): Detection[] {
  let described = 0;
  return detections.map((detection) => {
    if (!isLearnable(detection.label) || described >= describedMax) return detection;
    const appearance = appearanceOf(detection.box, image);
    if (!appearance) return detection;
    described += 1;
    return { ...detection, appearance };
  });
}

/** In pixels of the canvas. */
type Region = { left: number; top: number; width: number; height: number };

function appearanceOf(box: Box, image: Shown): Appearance | undefined {
  const region = regionOf(box, image);
  if (region.width < sideMin || region.height < sideMin) return undefined;
  const colour = image.statistics.monochrome ? undefined : prevailingColour(coloursIn(region, image));
  return { hash: hashOf(region, image), ...(colour ? { colour } : {}) };
}

function regionOf([x, y, width, height]: Box, { letterbox, canvas, ...original }: Shown): Region {
  const { scale, padX, padY } = letterbox;
  const left = clamp(x * original.width * scale + padX, canvas.width);
  const top = clamp(y * original.height * scale + padY, canvas.height);
  return {
    left,
    top,
    width: clamp((x + width) * original.width * scale + padX, canvas.width) - left,
    height: clamp((y + height) * original.height * scale + padY, canvas.height) - top,
  };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most - 1, Math.floor(value)));
}

/** Source: N. Krawetz, "Kind of Like That" (dHash). 16 hexadecimal digits, the top row first. */
function hashOf(region: Region, image: Shown): string {
  let digits = "";
  for (let row = 0; row < hashSide; row += 1) {
    let bits = 0;
    let before = patchLuma(region, image, 0, row);
    for (let column = 1; column <= hashSide; column += 1) {
      const here = patchLuma(region, image, column, row);
      bits = bits * 2 + Number(here - before > hashLevels);
      before = here;
    }
    digits += bits.toString(16).padStart(2, "0");
  }
  return digits;
}

/** Mean luma of one of 9 x 8 patches. */
function patchLuma(region: Region, { pixels, canvas }: Shown, column: number, row: number): number {
  let sum = 0;
  for (let down = 0; down < patchSamples; down += 1) {
    const y = region.top + Math.floor(((row + (down + 0.5) / patchSamples) * region.height) / hashSide);
    for (let across = 0; across < patchSamples; across += 1) {
      const share = (column + (across + 0.5) / patchSamples) / (hashSide + 1);
      const at = (y * canvas.width + region.left + Math.floor(share * region.width)) * 3;
      sum += (pixels[at] ?? 0) + 2 * (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0);
    }
  }
  return sum / (4 * patchSamples * patchSamples);
}

/** Of the middle of a box: around it lie the ground and what stands behind. */
const middle = { from: 0.2, share: 0.6, samples: 20 };

/** Where a sample lies, as a share of the box. */
function place(step: number): number {
  return middle.from + ((step + 0.5) / middle.samples) * middle.share;
}

function coloursIn(region: Region, { pixels, canvas }: Shown): [number, number, number][] {
  const colours: [number, number, number][] = [];
  for (let down = 0; down < middle.samples; down += 1) {
    const y = region.top + Math.floor(place(down) * region.height);
    for (let across = 0; across < middle.samples; across += 1) {
      const at = (y * canvas.width + region.left + Math.floor(place(across) * region.width)) * 3;
      colours.push([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]);
    }
  }
  return colours;
}
