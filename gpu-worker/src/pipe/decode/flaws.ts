/** What limits what can be seen in a picture, so that an empty result is not taken for an empty place. */
import type { Flaw } from "@vigil/core/digest/wire";
import type { Fingerprint } from "../lookalike/index.ts";

/** Levels of luma (of 256): below, nobody can be made out, by eye or by a model. */
const darkBelow = 20;
/** A picture whose brightness varies by less is one colour: a covered lens, a lost signal, a fault of the sensor. */
const spreadMin = 12;
/** The brightest and darkest hundredth are specks: a lamp, a status light, dead pixels. */
const specks = 0.01;

export function flawsOf({ cells }: Pick<Fingerprint, "cells">, damage?: string): Flaw[] {
  const flaws: Flaw[] = damage === undefined ? [] : ["damaged"];
  if (cells.length === 0) return flaws;
  const [low, high] = [quantile(cells, specks), quantile(cells, 1 - specks)];
  if (high < darkBelow) flaws.push("dark");
  else if (high - low < spreadMin) flaws.push("blank");
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
