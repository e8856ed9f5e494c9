/** The box that is being drawn, by pointer or by numbers, and what it is to mean. */
import { type FormEvent, useId, useState } from "react";
import type { SceneArea } from "../api/contract.ts";
import { one } from "../words/thing.ts";

/** x, y, width and height as fractions of the picture. */
export type Rectangle = [x: number, y: number, width: number, height: number];

const smallest = 0.01;
const usual: Rectangle = [0.4, 0.4, 0.2, 0.2];
const sides = ["Left", "Top", "Width", "Height"] as const;
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
        Draw a box on the picture, or{" "}
        <button type="button" className="link" onClick={() => onChange(usual)}>
          set one by numbers
        </button>
        .
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
    <form className="panel fields" aria-label="What is in the box" onSubmit={teach}>
      <Numbers drawn={drawn} onChange={onChange} />
      <div className="field">
        <label htmlFor={kind}>What it is</label>
        <select id={kind} value={label} onChange={(event) => setLabel(event.target.value)}>
          {labels.map((each) => (
            <option key={each} value={each}>
              {one(each)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={called}>What you call it, or the zone</label>
        <input id={called} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </div>
      <div className="actions">
        <button type="submit" className="button-small" disabled={busy}>
          This belongs there
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy}
          onClick={() => onArea({ kind: "ignore", outline })}
        >
          Ignore things there
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy || name.trim() === ""}
          onClick={() => onArea({ kind: "zone", zone: name.trim(), outline })}
        >
          This is a zone
        </button>
        <button
          type="button"
          className="button-small"
          disabled={busy}
          onClick={() => onArea({ kind: "mask", outline })}
        >
          Blacken it from now on
        </button>
        <button type="button" className="button-quiet" onClick={() => onChange(null)}>
          Leave it
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
      {sides.map((side, index) => (
        <div key={side} className="field">
          <label htmlFor={`${group}-${side}`}>{side}, %</label>
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
