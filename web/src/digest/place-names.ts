/**
 * Where the names of boxes go, and which of them fit: of two names that would cover each other, a person's stays before
 * a thing's, and the surer one before the less sure. The list under the picture names them all.
 */
import type { Detection } from "../api/contract.ts";
import { familyOf, one, percent } from "../words/thing.ts";

export type PlacedName = {
  /** The detection's index. */
  index: number;
  text: string;
  /** The name's top left corner, in pixels of the frame. */
  left: number;
  top: number;
};

/** Pixels. A letter of the names' font is about this wide, and a name this high with its padding and distance. */
const letterWidth = 8;
const padding = 12;
const nameHeight = 21;
/** In a frame narrower than this, names go without their confidence. */
const narrow = 480;

export function placeNames(
  detections: readonly Detection[],
  frame: { width: number; height: number },
): PlacedName[] {
  const placed: (PlacedName & { right: number; bottom: number })[] = [];
  const weightiest = detections
    .map((detection, index) => ({ detection, index }))
    .toSorted((a, b) => weightOf(b.detection) - weightOf(a.detection));
  for (const { detection, index } of weightiest) {
    const name = placeName(detection, frame);
    const right = name.left + name.width;
    const bottom = name.top + nameHeight;
    const covers = placed.some(
      (other) =>
        name.left < other.right && other.left < right && name.top < other.bottom && other.top < bottom,
    );
    if (!covers) placed.push({ index, text: name.text, left: name.left, top: name.top, right, bottom });
  }
  return placed.map(({ index, text, left, top }) => ({ index, text, left, top }));
}

/** People come before things, then the surer before the less sure. */
function weightOf({ label, confidence }: Detection): number {
  return confidence + (familyOf(label) === "person" ? 1 : 0);
}

/** Above the box at its left edge; inside it at the picture's upper edge; never beyond the picture. */
export function placeName(detection: Detection, frame: { width: number; height: number }) {
  const name = one(detection.label);
  const text = frame.width < narrow ? name : `${name} ${percent(detection.confidence)}`;
  const width = text.length * letterWidth + padding;
  const [x, y] = detection.box;
  const above = y * frame.height - nameHeight;
  return {
    text,
    width,
    left: Math.max(0, Math.min(x * frame.width, frame.width - width)),
    top: above < 0 ? y * frame.height + 4 : above,
  };
}
