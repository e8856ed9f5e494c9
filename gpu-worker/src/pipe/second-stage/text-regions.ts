/** Lines of text in a probability map. Source: Liao et al., "Differentiable Binarization" (2020), as PaddleOCR applies it. */
import type { Region } from "./crop.ts";

const pixelMin = 0.3;
const regionMin = 0.6;
const sideMin = 3;
/** The map shows text shrunken; a region grows by its area times this over its perimeter. */
const growth = 1.6;

/** Upright rectangles in pixels of the map, the surest first. `map` is [height, width], 0..1. */
export function findTextRegions(map: Float32Array, width: number, height: number): Region[] {
  const seen = new Uint8Array(map.length);
  const found: { region: Region; score: number }[] = [];
  for (let start = 0; start < map.length; start += 1) {
    if (seen[start] === 1 || (map[start] as number) < pixelMin) continue;
    const blob = flood(map, seen, start, width, height);
    const blobWidth = blob.right - blob.left + 1;
    const blobHeight = blob.bottom - blob.top + 1;
    const score = blob.sum / blob.count;
    if (Math.min(blobWidth, blobHeight) < sideMin || score < regionMin) continue;
    const margin = (blobWidth * blobHeight * growth) / (2 * (blobWidth + blobHeight));
    const left = Math.max(0, Math.floor(blob.left - margin));
    const top = Math.max(0, Math.floor(blob.top - margin));
    const right = Math.min(width, Math.ceil(blob.right + 1 + margin));
    const bottom = Math.min(height, Math.ceil(blob.bottom + 1 + margin));
    found.push({ region: { left, top, width: right - left, height: bottom - top }, score });
  }
  return found.toSorted((a, b) => b.score - a.score).map(({ region }) => region);
}

type Blob = { left: number; top: number; right: number; bottom: number; sum: number; count: number };

/** Everything that hangs together with `start`, over the four sides of a pixel. */
function flood(map: Float32Array, seen: Uint8Array, start: number, width: number, height: number): Blob {
  const blob: Blob = { left: width, top: height, right: 0, bottom: 0, sum: 0, count: 0 };
  const stack = [start];
  seen[start] = 1;
  const visit = (at: number): void => {
    if (seen[at] === 1 || (map[at] as number) < pixelMin) return;
    seen[at] = 1;
    stack.push(at);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    const y = Math.floor(at / width);
    blob.left = Math.min(blob.left, x);
    blob.right = Math.max(blob.right, x);
    blob.top = Math.min(blob.top, y);
    blob.bottom = Math.max(blob.bottom, y);
    blob.sum += map[at] as number;
    blob.count += 1;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (y > 0) visit(at - width);
    if (y < height - 1) visit(at + width);
  }
  return blob;
}
