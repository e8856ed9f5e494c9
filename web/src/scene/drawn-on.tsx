/** The newest picture of a camera, with what stands there and what is drawn; dragging over it draws a box. */

import { type PointerEvent, useRef, useState } from "react";
import type { Scene } from "../api/contract.ts";
import { one } from "../words/thing.ts";
import { type Rectangle, spanned } from "./drawn-box.tsx";
import { say } from "./say.ts";

type Point = [x: number, y: number];
type Props = {
  scene: Scene;
  drawn: Rectangle | null;
  /** The object that is pointed at. */
  lit: string | null;
  onDraw: (rectangle: Rectangle | null) => void;
};

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

export function DrawnOn({ scene, drawn, lit, onDraw }: Props) {
  const [from, setFrom] = useState<Point | null>(null);
  const ground = useRef<HTMLDivElement>(null);
  if (scene.picture === null) {
    return <p className="panel">{say.noPicture}</p>;
  }
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const place = ground.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return [share((clientX - place.left) / place.width), share((clientY - place.top) / place.height)];
  };
  return (
    <div
      ref={ground}
      className="scene-picture"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(pointOf(event));
        onDraw(null);
      }}
      onPointerMove={(event) => {
        if (from !== null) onDraw(spanned(from, pointOf(event)));
      }}
      onPointerUp={() => setFrom(null)}
    >
      <img
        src={scene.picture.url}
        alt={say.sees(
          scene.objects.map(({ label, name }) => name ?? one(label)).join(", ") || say.nothingKnown,
        )}
        draggable={false}
      />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {scene.areas.map((area) => (
          <polygon
            key={JSON.stringify(area)}
            className="scene-area"
            data-kind={area.kind}
            points={area.outline.map(([x, y]) => `${x},${y}`).join(" ")}
          />
        ))}
        {scene.objects.map(({ id, box: [x, y, width, height] }) => (
          <rect key={id} className="scene-object" data-lit={lit === id} {...{ x, y, width, height }} />
        ))}
        {drawn === null ? null : (
          <rect className="scene-drawn" x={drawn[0]} y={drawn[1]} width={drawn[2]} height={drawn[3]} />
        )}
      </svg>
    </div>
  );
}
