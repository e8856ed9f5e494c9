/** The devices that watch, and when each was last heard of. */
import type { Device, Trouble } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { isValidKey } from "../device/key-words.ts";
import { Link } from "../shell/link.tsx";
import { cameraPath, devicesPath, enrolPath, scenePath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { siteNames } from "../words/site.ts";
import { zone } from "../words/thing.ts";
import { ago } from "../words/time.ts";

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
      <h2 id="devices-title">Devices</h2>
      {devices === undefined ? <div className="skeleton-line" /> : null}
      {devices?.length === 0 ? (
        <p className="quiet">No device yet. Whatever you read this on may be the first.</p>
      ) : null}
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
                  <Link className="link" href={scenePath(device.id)} title="What stands before it">
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
                          {trouble(kind, sensor)}, noticed {ago(since, account.timeZone, now)}
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
          Use this browser as a camera
        </Link>
        <Link className="button-small" href={enrolPath}>
          Let a device in
        </Link>
        <Link className="button-quiet" href={devicesPath}>
          Keys
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

const faults: Readonly<Partial<Record<Trouble["kind"], string>>> = {
  blind: "Its pictures show one colour: is its lens covered?",
  blurred: "Its pictures are blurred: is its lens dirty, covered or out of focus?",
  overexposed: "Most of its pictures is as bright as can be: does a light shine into it?",
  frozen: "It shows the same picture for hours",
};

function trouble(kind: Trouble["kind"], sensor: string | null): string {
  return faults[kind] ?? (sensor === null ? "Silent: nothing is heard of it" : `Sensor ${sensor} is silent`);
}

function words(device: Device, heard: string | undefined, timeZone: string, now: number): string {
  if (!device.keys.some((key) => isValidKey(key, now))) return "no valid key";
  return heard === undefined ? "not heard of yet" : `heard ${ago(heard, timeZone, now)}`;
}
