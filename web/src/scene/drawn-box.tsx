/** The box that is being drawn, by pointer or by numbers, and what it is to mean. */

import { type FormEvent, useId, useState } from "react";
import type { SceneArea } from "../api/contract.ts";
import { Marked } from "../words/marked.tsx";
import { one } from "../words/thing.ts";
import { say } from "./say.ts";

/** x, y, width and height as fractions of the picture. */
export type Rectangle = [x: number, y: number, width: number, height: number];

const smallest = 0.01;
const usual: Rectangle = [0.4, 0.4, 0.2, 0.2];
const labels = [
  "car",
  "truck",
  "bicycle",
  "motorcycle",
  "boat",
  "suitcase",
  "bench",
  "chair",
  "potted plant",
];

/** Between two corners; null where there is next to nothing between them. */
export function spanned([ax, ay]: [number, number], [bx, by]: [number, number]): Rectangle | null {
  const box: Rectangle = [Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx), Math.abs(ay - by)];
  return box[2] < smallest || box[3] < smallest ? null : box;
}

function outlineOf([x, y, width, height]: Rectangle): SceneArea["outline"] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

type Props = {
  drawn: Rectangle | null;
  busy: boolean;
  onChange: (drawn: Rectangle | null) => void;
  onTeach: (label: string, name: string) => void;
  onArea: (area: SceneArea) => void;
};

export function DrawnBox({ drawn, busy, onChange, onTeach, onArea }: Props) {
  const [label, setLabel] = useState("car");
  const [name, setName] = useState("");
  const kind = useId();
  const called = useId();
  if (drawn === null) {
    return (
      <p className="quiet">
        <Marked text={say.drawOrSet}>
          {(words) => (
            <button type="button" className="link" onClick={() => onChange(usual)}>
              {words}
            </button>
          )}
        </Marked>
      </p>
    );
  }
  const outline = outlineOf(drawn);
  const teach = (event: FormEvent) => {
    event.preventDefault();
    onTeach(label, name.trim());
    setName("");
  };
  return (
    <form className="panel fields" aria-label={say.whatIsInIt} onSubmit={teach}>
      <Numbers drawn={drawn} onChange={onChange} />
      <div className="field">
        <label htmlFor={kind}>{say.whatItIs}</label>
        <select id={kind} value={label} onChange={(event) => setLabel(event.target.value)}>
          {labels.map((each) => (
            <option key={each} value={each}>
              {one(each)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={called}>{say.itsName}</label>
        <input id={called} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </div>
      <div className="actions">
        <button type="submit" className="button-small" disabled={busy}>
          {say.belongs}
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy}
          onClick={() => onArea({ kind: "ignore", outline })}
        >
          {say.ignore}
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy || name.trim() === ""}
          onClick={() => onArea({ kind: "zone", zone: name.trim(), outline })}
        >
          {say.isZone}
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy}
          onClick={() => onArea({ kind: "mask", outline })}
        >
          {say.blacken}
        </button>
        <button type="button" className="button-quiet" onClick={() => onChange(null)}>
          {say.leave}
        </button>
      </div>
    </form>
  );
}

function within(value: number, from: number, most: number): number {
  return Math.min(most, Math.max(from, value));
}

function Numbers({ drawn, onChange }: { drawn: Rectangle; onChange: (drawn: Rectangle) => void }) {
  const group = useId();
  const change = (index: number, percent: number) => {
    const [x, y, width, height] = drawn.map((value, at) => (at === index ? percent / 100 : value));
    const left = within(x ?? 0, 0, 1 - smallest);
    const top = within(y ?? 0, 0, 1 - smallest);
    onChange([left, top, within(width ?? 0, smallest, 1 - left), within(height ?? 0, smallest, 1 - top)]);
  };
  return (
    <div className="scene-numbers">
      {say.sides.map((side, index) => (
        <div key={side} className="field">
          <label htmlFor={`${group}-${side}`}>{say.percent(side)}</label>
          <input
            id={`${group}-${side}`}
            type="number"
            min={0}
            max={100}
            value={Math.round((drawn[index] ?? 0) * 100)}
            onChange={(event) => change(index, Number(event.target.value))}
          />
        </div>
      ))}
    </div>
  );
}
