/** Boxes and outlines, as fractions (0..1) of a picture. */
import type { Box } from "../digest/wire.ts";
import type { Point } from "./wire.ts";

function areaOf([, , width, height]: Box): number {
  return width * height;
}

/** What both boxes cover. */
function shared(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return Math.max(0, width) * Math.max(0, height);
}

/** Intersection over union, 0..1. */
export function iou(a: Box, b: Box): number {
  const both = shared(a, b);
  return both === 0 ? 0 : both / (areaOf(a) + areaOf(b) - both);
}

/** The part of `box` that lies under `other`, 0..1. */
export function covered(box: Box, other: Box): number {
  const area = areaOf(box);
  return area === 0 ? 0 : shared(box, other) / area;
}

/** Whether a point lies inside an outline, by how often a ray from it crosses the outline (Jordan's theorem). */
export function contains(outline: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  outline.forEach(([ax, ay], index) => {
    const [bx, by] = outline.at(index - 1) ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** Where a thing stands on the ground: the middle of the lower edge of its box. */
export function footOf([x, y, width, height]: Box): Point {
  return [x + width / 2, y + height];
}
