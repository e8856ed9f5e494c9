/**
 * Boxes over a picture. Detections are fractions (0..1) of the image, x and y the top left corner, so the drawing has
 * a view box of one by one and is stretched over the picture; strokes keep their width. Names are ordinary text over it,
 * because text in a stretched drawing would be stretched too.
 */
import { useCallback, useState } from "react";
import type { Detection } from "../api/contract.ts";
import { familyOf } from "../words/thing.ts";
import { placeName, placeNames } from "./place-names.ts";

type Props = {
  detections: readonly Detection[];
  /** The index of the box that is pointed at. */
  lit: number | null;
  onPoint: (index: number | null) => void;
};

export function Boxes({ detections, lit, onPoint }: Props) {
  const { frame, size } = useSize();
  const names = size === undefined ? [] : placeNames(detections, size);
  const hidden = lit === null || names.some((name) => name.index === lit) ? undefined : detections[lit];
  if (hidden !== undefined && size !== undefined && lit !== null) {
    names.push({ index: lit, ...placeName(hidden, size) });
  }
  return (
    <div className="boxes" ref={frame} data-lit={lit !== null} aria-hidden="true">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none">
        {smallestLast(detections).map(({ detection, index }) => {
          const [x, y, width, height] = detection.box;
          const at = { x, y, width, height };
          return (
            <g
              key={index}
              className="box"
              data-index={index}
              data-family={familyOf(detection.label)}
              data-lit={lit === index}
              onPointerEnter={() => onPoint(index)}
              onPointerLeave={() => onPoint(null)}
            >
              <rect className="box-halo" {...at} />
              <rect className="box-line" {...at} />
            </g>
          );
        })}
      </svg>
      {names.map(({ index, text, left, top }) => (
        <span
          key={index}
          className="box-name"
          data-family={familyOf(detections[index]?.label ?? "")}
          data-lit={lit === index}
          style={{ left, top }}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

/** A small box inside a large one stays within the pointer's reach. */
function smallestLast(detections: readonly Detection[]) {
  return detections
    .map((detection, index) => ({ detection, index }))
    .toSorted((a, b) => area(b.detection) - area(a.detection));
}

function area({ box }: Detection): number {
  return box[2] * box[3];
}

/** The size of an element in pixels, followed as it changes. */
function useSize() {
  const [size, setSize] = useState<{ width: number; height: number }>();
  const frame = useCallback((element: HTMLDivElement) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, size };
}
