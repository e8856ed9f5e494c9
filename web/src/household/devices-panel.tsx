/** The devices that watch, and when each was last heard of. */

import type { Device, Trouble } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { isValidKey } from "../device/valid-key.ts";
import { Link } from "../shell/link.tsx";
import { cameraPath, devicesPath, enrolPath, scenePath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { siteNames } from "../words/site.ts";
import { zone } from "../words/thing.ts";
import { ago } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 30_000;
/** A device heard of within this time is shown as present. */
const presentMsMax = 15 * 60 * 1000;

export function DevicesPanel() {
  const { api, account } = useVisit();
  const { value: devices } = useAnswer(["devices"], api.devices, everyMs);
  const now = useNow(10_000);
  const siteName = siteNames(account);
  return (
    <section className="panel" aria-labelledby="devices-title" aria-busy={devices === undefined}>
      <h2 id="devices-title">{say.devices}</h2>
      {devices === undefined ? <div className="skeleton-line" /> : null}
      {devices?.length === 0 ? <p className="quiet">{say.noDevice}</p> : null}
      <ul className="rows">
        {devices?.map((device) => {
          const heard = lastHeard(device);
          const place = [device.zone === null ? undefined : zone(device.zone), siteName(device.siteId)];
          return (
            <li key={device.id} className="row">
              <span
                className="dot"
                data-on={heard !== undefined && now - Date.parse(heard) < presentMsMax}
                aria-hidden="true"
              />
              <div>
                <p>
                  <Link className="link" href={scenePath(device.id)} title={say.before}>
                    {device.name}
                  </Link>
                </p>
                <p className="quiet">
                  {[...place.filter(Boolean), words(device, heard, account.timeZone, now)].join(" · ")}
                </p>
                {device.troubles.flatMap(({ kind, sensor, since }) =>
                  // What is wrong with its clock is said below.
                  kind === "clock"
                    ? []
                    : [
                        <p key={`${kind} ${sensor}`} className="quiet" data-trouble={kind}>
                          {say.noticed(trouble(kind, sensor), ago(since, account.timeZone, now))}
                        </p>,
                      ],
                )}
                {device.clock.text === null ? null : (
                  <p className="quiet" data-clock={device.clock.state}>
                    {device.clock.text}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <div className="actions">
        <Link className="button-small" href={cameraPath}>
          {say.browserAsCamera}
        </Link>
        <Link className="button-small" href={enrolPath}>
          {say.letIn}
        </Link>
        <Link className="button-quiet" href={devicesPath}>
          {say.keys}
        </Link>
      </div>
    </section>
  );
}

/** By its newest event, or by another use of its keys, such as a gateway's report. */
function lastHeard(device: Device): string | undefined {
  return [device.heardAt, ...device.keys.map((key) => key.lastUsedAt)]
    .filter((instant) => instant !== null)
    .toSorted()
    .at(-1);
}

function trouble(kind: Trouble["kind"], sensor: string | null): string {
  return say.faults[kind] ?? (sensor === null ? say.silent : say.sensorSilent(sensor));
}

function words(device: Device, heard: string | undefined, timeZone: string, now: number): string {
  if (!device.keys.some((key) => isValidKey(key, now))) return say.noKey;
  return heard === undefined ? say.notHeard : say.heard(ago(heard, timeZone, now));
}
