/** One thing that stands before a camera: since when, as what, and how to say that it does not belong there. */

import { useState } from "react";
import type { SceneObject } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { coloured, one, sentenceCase } from "../words/thing.ts";
import { clock, day } from "../words/time.ts";
import { say } from "./say.ts";

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
  const what = sentenceCase(colour ? coloured(colour, label) : one(label));
  const when = `${day(arrivedAt, account.timeZone, Date.now())}, ${clock(arrivedAt, account.timeZone)}`;
  const since = { arrived: say.arrived(when), "first-seen": say.firstSeen(when), always: say.always }[
    arrival
  ];
  return (
    <li className="session" onPointerEnter={() => onPoint(id)} onPointerLeave={() => onPoint(null)}>
      <p>
        {object.name === null ? what : say.named(object.name, colour ? coloured(colour, label) : one(label))}
      </p>
      <p className="quiet">{since}</p>
      <div className="actions">
        {name === undefined ? (
          <button
            type="button"
            className="button-small"
            disabled={busy}
            onClick={() => setName(object.name ?? "")}
          >
            {say.nameIt}
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
                aria-label={say.yourNameFor(one(label))}
                value={name}
                maxLength={60}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
            <button type="submit" className="button-small" disabled={busy}>
              {say.keepName}
            </button>
          </form>
        )}
        <button type="button" className="button-small" disabled={busy} onClick={onForget}>
          {say.notThere}
        </button>
      </div>
    </li>
  );
}
