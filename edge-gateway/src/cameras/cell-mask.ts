/** Which cells of the picture count, and in which zone each lies. */
import type { CameraConfig, Polygon } from "../cameras-config.ts";
import { cellColumns, cellRows, cells } from "./grey.ts";

export type CellMask = {
  /** 1 where motion counts. */
  counts: Uint8Array;
  /** The names of the zones, in their order, that one of these cells lies in. */
  zonesOf(touched: readonly number[]): string[];
};

/** By how often a ray to the right crosses its border. */
function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], index) => {
    const [bx, by] = polygon.at(index - 1) ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

const middleOf = (cell: number) => ({
  x: ((cell % cellColumns) + 0.5) / cellColumns,
  y: (Math.floor(cell / cellColumns) + 0.5) / cellRows,
});

const isIn = (polygon: Polygon, cell: number) => isInside(polygon, middleOf(cell).x, middleOf(cell).y);

export function createCellMask({ zones, masks }: Pick<CameraConfig, "zones" | "masks">): CellMask {
  const counts = Uint8Array.from({ length: cells }, (_, cell) => {
    const isWanted = zones.length === 0 || zones.some(({ polygon }) => isIn(polygon, cell));
    return isWanted && !masks.some((polygon) => isIn(polygon, cell)) ? 1 : 0;
  });
  const members = zones.map(({ name, polygon }) => {
    const own = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => isIn(polygon, cell));
    return { name, own: new Set(own) };
  });
  return {
    counts,
    zonesOf: (touched) =>
      members.filter(({ own }) => touched.some((cell) => own.has(cell))).map(({ name }) => name),
  };
}
