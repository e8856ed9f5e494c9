/** The account's clock: its time zone, and the hours in which alerts wait for the morning summary. */

import { useQueryClient } from "@tanstack/react-query";
import { Fragment, type SubmitEvent, useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { clock } from "../words/time.ts";
import { say } from "./say.ts";

const usual = { from: "22:30", until: "07:00" } as const;

export function ClockPanel({ mayChange }: { mayChange: boolean }) {
  const { api, account } = useVisit();
  const answers = useQueryClient();
  const [timeZone, setTimeZone] = useState(account.timeZone);
  const [isQuiet, setQuiet] = useState(account.quietHours !== undefined);
  const [hours, setHours] = useState<QuietHours>(account.quietHours ?? usual);
  const [saved, setSaved] = useState(false);
  const deed = useDeed(() => void answers.invalidateQueries({ queryKey: ["account"] }));
  const field = useId();
  const now = useNow(10_000);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaved(false);
    deed.run(async () => {
      await api.changeAccount({ timeZone, quietHours: isQuiet ? hours : null });
      setSaved(true);
    });
  };
  return (
    <section className="panel" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{say.clock}</h2>
      <form className="settings-form" onSubmit={submit}>
        <label htmlFor={`${field}-zone`}>{say.timeZone}</label>
        <select
          id={`${field}-zone`}
          value={timeZone}
          disabled={!mayChange}
          onChange={(event) => setTimeZone(event.target.value)}
        >
          {zonesWith(account.timeZone).map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
        <p className="quiet">{say.timeThere(clock(new Date(now).toISOString(), timeZone))}</p>
        <label className="settings-check">
          <input
            type="checkbox"
            checked={isQuiet}
            disabled={!mayChange}
            onChange={(event) => setQuiet(event.target.checked)}
          />
          {say.letAlertsWait}
        </label>
        {isQuiet ? <Hours hours={hours} mayChange={mayChange} onChange={setHours} /> : null}
        <p className="quiet">{say.morningSummary}</p>
        {mayChange ? (
          <button type="submit" className="button" disabled={deed.busy}>
            {deed.busy ? everywhere.saving : everywhere.save}
          </button>
        ) : (
          <p className="quiet">{everywhere.ownerMayChange}</p>
        )}
        <p className="fault" role="alert">
          {deed.fault}
        </p>
        <p className="quiet" role="status">
          {saved && deed.fault === undefined ? everywhere.saved : ""}
        </p>
      </form>
    </section>
  );
}

type QuietHours = { from: string; until: string };
type HoursProps = { hours: QuietHours; mayChange: boolean; onChange: (hours: QuietHours) => void };

function Hours({ hours, mayChange, onChange }: HoursProps) {
  const field = useId();
  return (
    <div className="settings-hours">
      {(["from", "until"] as const).map((end) => (
        <Fragment key={end}>
          <label htmlFor={`${field}-${end}`}>{end === "from" ? say.from : say.until}</label>
          <input
            id={`${field}-${end}`}
            type="time"
            required
            value={hours[end]}
            disabled={!mayChange}
            onChange={(event) => onChange({ ...hours, [end]: event.target.value })}
          />
        </Fragment>
      ))}
    </div>
  );
}

/** Those that the browser knows, and the account's own, which it may not. */
function zonesWith(own: string): string[] {
  return [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
}
