/** What limits what can be seen in a picture, so that an empty result is not taken for an empty place. */
import type { Flaw, PictureStatistics } from "@vigil/core/digest/wire";
import type { Fingerprint } from "../lookalike/index.ts";

/** Levels of luma (of 256): below, nobody can be made out, by eye or by a model. */
const darkBelow = 20;
/** A picture whose brightness varies by less is one colour: a covered lens, a lost signal, a fault of the sensor. */
const spreadMin = 12;
/** The brightest and darkest hundredth are specks: a lamp, a status light, dead pixels. */
const specks = 0.01;

/**
 * Of pictures of nine places, in focus and blurred by 4 and 8 pixels (deviation): the sharpness of the finest details was .26 of the
 * brightness and more in focus, .10 and .04 and less out of it.
 */
const blurredShare = 0.06;
/** A bright sky takes less of a picture. */
const overexposedMin = 0.45;

type Statistics = Pick<PictureStatistics, "brightness" | "overexposed" | "sharpness">;

export function flawsOf(
  { cells }: Pick<Fingerprint, "cells">,
  statistics: Statistics,
  damage?: string,
): Flaw[] {
  const flaws: Flaw[] = damage === undefined ? [] : ["damaged"];
  if (cells.length === 0) return flaws;
  const [low, high] = [quantile(cells, specks), quantile(cells, 1 - specks)];
  if (high < darkBelow) flaws.push("dark");
  else if (high - low < spreadMin) flaws.push("blank");
  else if (statistics.overexposed >= overexposedMin) flaws.push("overexposed");
  else if (statistics.sharpness < blurredShare * statistics.brightness) flaws.push("blurred");
  return flaws;
}

/** By counting: cells are bytes. */
function quantile(cells: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const cell of cells) counts[cell] = (counts[cell] ?? 0) + 1;
  let left = Math.floor(share * (cells.length - 1));
  for (let level = 0; level < 256; level += 1) {
    left -= counts[level] ?? 0;
    if (left < 0) return level;
  }
  return 255;
}
