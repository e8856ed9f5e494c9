/** This browser becomes a device of the account. */

import { type SubmitEvent, useId, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Notice } from "../shell/notice.tsx";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import type { Camera } from "./kept-camera.ts";
import { say } from "./say.ts";

export function AddCamera({ onAdded }: { onAdded: (camera: Camera) => void }) {
  const { api, account, membership } = useVisit();
  const [name, setName] = useState(() => (navigator.maxTouchPoints > 1 ? say.myPhone : say.myComputer));
  const [zone, setZone] = useState("");
  const [siteId, setSiteId] = useState(account.sites[0]?.id ?? "");
  // The same wish, pressed twice, is one device.
  const [wish] = useState(createIdempotencyKey);
  const deed = useDeed(() => {});
  const field = useId();
  if (membership !== undefined && membership.role !== "owner") {
    return <Notice title={say.onlyOwner} detail={everywhere.askAnOwner} />;
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = { name: name.trim(), siteId, ...(zone.trim() === "" ? {} : { zone: zone.trim() }) };
    deed.run(async () => {
      const { id, key, ...device } = await api.addDevice(wanted, wish);
      onAdded({ accountId: account.id, deviceId: id, key, name: device.name, zone: device.zone });
    });
  };
  return (
    <form className="panel fields" onSubmit={submit}>
      <h2>{say.addTo(account.name)}</h2>
      <div className="field">
        <label htmlFor={`${field}-name`}>{say.itsName}</label>
        <input
          id={`${field}-name`}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${field}-zone`}>{say.watches}</label>
        <input
          id={`${field}-zone`}
          maxLength={64}
          placeholder={say.exampleZone}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        />
      </div>
      {account.sites.length < 2 ? null : (
        <div className="field">
          <label htmlFor={`${field}-site`}>{say.where}</label>
          <select id={`${field}-site`} value={siteId} onChange={(event) => setSiteId(event.target.value)}>
            {account.sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="actions">
        <button type="submit" className="button" disabled={deed.busy}>
          {deed.busy ? everywhere.adding : say.addBrowser}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </form>
  );
}
