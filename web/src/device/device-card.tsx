/** One device: where it stands, its keys, and what an owner can do with them. */

import { useId, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Device, DeviceKey } from "../api/contract.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { scenePath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { siteNames } from "../words/site.ts";
import { zone } from "../words/thing.ts";
import { ago } from "../words/time.ts";
import { keyWords } from "./key-words.ts";
import { say } from "./say.ts";
import { isValidKey } from "./valid-key.ts";

type Props = { device: Device; isOwner: boolean; onChanged: () => void };

const overlaps = [
  { hours: 0, words: say.oldKeysStop },
  { hours: 1, words: say.oldKeysHour },
  { hours: 24, words: say.oldKeysDay },
  { hours: 7 * 24, words: say.oldKeysWeek },
];

export function DeviceCard({ device, isOwner, onChanged }: Props) {
  const { api, account } = useVisit();
  const now = useNow(10_000);
  const [key, setKey] = useState<string>();
  const [hours, setHours] = useState(24);
  const [isLeaving, setLeaving] = useState(false);
  const deed = useDeed(onChanged);
  const field = useId();
  const { id, name, siteId, heardAt } = device;
  const place = [device.zone === null ? undefined : zone(device.zone), siteNames(account)(siteId)];
  const heard = heardAt === null ? say.notHeard : say.heard(ago(heardAt, account.timeZone, now));
  const rotate = async () => setKey((await api.rotateDeviceKey(id, hours, createIdempotencyKey())).key);
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>
        <Link className="link" href={scenePath(id)} title={say.before}>
          {name}
        </Link>
      </h2>
      <p className="quiet">{[...place.filter(Boolean), heard].join(" · ")}</p>
      <Keys device={device} isOwner={isOwner} onChanged={onChanged} />
      {key === undefined ? null : (
        <p className="secret" role="status">
          {say.newKeyOnce} <code>{key}</code>
        </p>
      )}
      {isOwner ? (
        <div className="actions">
          <button
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() => deed.run(rotate)}
          >
            {say.newKey}
          </button>
          <label className="quiet" htmlFor={field}>
            {say.andOldKeys}
          </label>
          <select id={field} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {overlaps.map((overlap) => (
              <option key={overlap.hours} value={overlap.hours}>
                {overlap.words}
              </option>
            ))}
          </select>
          {isLeaving ? (
            <>
              <button
                type="button"
                className="button-small"
                disabled={deed.busy}
                onClick={() => deed.run(() => api.removeDevice(id))}
              >
                {say.removeNow(name)}
              </button>
              <button type="button" className="button-quiet" onClick={() => setLeaving(false)}>
                {everywhere.keepIt}
              </button>
            </>
          ) : (
            <button type="button" className="button-quiet" onClick={() => setLeaving(true)}>
              {say.removeAsk}
            </button>
          )}
        </div>
      ) : null}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}

function Keys({ device: { id, keys }, isOwner, onChanged }: Props) {
  const now = useNow(10_000);
  const valid = keys.filter((each) => isValidKey(each, now));
  if (valid.length === 0) return <p className="quiet">{say.noKey}</p>;
  return (
    <ul className="rows">
      {valid.map((each) => (
        <KeyRow key={each.id} deviceId={id} shown={each} isOwner={isOwner} onChanged={onChanged} />
      ))}
    </ul>
  );
}

function KeyRow(props: { deviceId: string; shown: DeviceKey; isOwner: boolean; onChanged: () => void }) {
  const { deviceId, shown, isOwner, onChanged } = props;
  const { api, account } = useVisit();
  const now = useNow(10_000);
  const deed = useDeed(onChanged);
  const words = keyWords(shown, account.timeZone, now);
  return (
    <li className="session">
      <p>
        {say.key} <code>…{shown.id.slice(-6)}</code> <span className="quiet">{words}</span>
      </p>
      {isOwner ? (
        <button
          type="button"
          className="button-small"
          disabled={deed.busy}
          onClick={() => deed.run(() => api.revokeDeviceKey(deviceId, shown.id))}
        >
          {say.revokeKey(shown.id.slice(-6))}
        </button>
      ) : null}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </li>
  );
}
