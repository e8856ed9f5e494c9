/** Every device and its keys: which are valid, until when, and how one takes another's place. */

import { useEffect } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { cameraPath, enrolPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { DeviceCard } from "./device-card.tsx";
import { say } from "./say.ts";

const everyMs = 10_000;

export function DevicesPage() {
  const { api, membership } = useVisit();
  const { value: devices, refresh } = useAnswer(["devices"], api.devices, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const isOwner = membership === undefined || membership.role === "owner";
  return (
    <main id="content" className="page endpoints" tabIndex={-1} aria-busy={devices === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.devices}</h1>
      {isOwner ? (
        <div className="actions">
          <Link className="button" href={enrolPath}>
            {say.letIn}
          </Link>
          <Link className="button-small" href={cameraPath}>
            {say.browserAsCamera}
          </Link>
        </div>
      ) : null}
      {devices?.length === 0 ? <p className="quiet">{say.noDevice}</p> : null}
      {devices?.map((device) => (
        <DeviceCard key={device.id} device={device} isOwner={isOwner} onChanged={refresh} />
      ))}
    </main>
  );
}
