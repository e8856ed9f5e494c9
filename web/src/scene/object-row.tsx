/** One thing that stands before a camera: since when, as what, and how to say that it does not belong there. */
import { useState } from "react";
import type { SceneObject } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { one, sentenceCase } from "../words/thing.ts";
import { clock, day } from "../words/time.ts";

type Props = {
  object: SceneObject;
  busy: boolean;
  onPoint: (id: string | null) => void;
  onRename: (name: string | null) => void;
  onForget: () => void;
};

export function ObjectRow({ object, busy, onPoint, onRename, onForget }: Props) {
  const { account } = useVisit();
  const [name, setName] = useState<string>();
  const { id, label, colour, arrivedAt, arrival } = object;
  const what = sentenceCase([colour, one(label)].filter(Boolean).join(" "));
  const when = `${day(arrivedAt, account.timeZone, Date.now())}, ${clock(arrivedAt, account.timeZone)}`;
  const since = { arrived: `arrived ${when}`, "first-seen": `first seen ${when}`, always: "always" }[arrival];
  return (
    <li className="session" onPointerEnter={() => onPoint(id)} onPointerLeave={() => onPoint(null)}>
      <p>{object.name === null ? what : `“${object.name}” (${what.toLowerCase()})`}</p>
      <p className="quiet">{since}</p>
      <div className="actions">
        {name === undefined ? (
          <button
            type="button"
            className="button-small"
            disabled={busy}
            onClick={() => setName(object.name ?? "")}
          >
            Name it
          </button>
        ) : (
          <form
            className="actions"
            onSubmit={(event) => {
              event.preventDefault();
              setName(undefined);
              onRename(name.trim() === "" ? null : name.trim());
            }}
          >
            <div className="field">
              <input
                aria-label={`What you call the ${one(label)}`}
                value={name}
                maxLength={60}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
            <button type="submit" className="button-small" disabled={busy}>
              Keep the name
            </button>
          </form>
        )}
        <button type="button" className="button-small" disabled={busy} onClick={onForget}>
          It does not belong there
        </button>
      </div>
    </li>
  );
}
