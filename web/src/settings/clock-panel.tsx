/** The account's clock: its time zone, and the hours in which alerts wait for the morning summary. */
import { useQueryClient } from "@tanstack/react-query";
import { Fragment, type SubmitEvent, useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { clock } from "../words/time.ts";

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
      <h2 id={`${field}-title`}>Clock and quiet hours</h2>
      <form className="settings-form" onSubmit={submit}>
        <label htmlFor={`${field}-zone`}>Time zone</label>
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
        <p className="quiet">
          It is {clock(new Date(now).toISOString(), timeZone)} there. A new time zone stretches the day of the
          allowance that is under way.
        </p>
        <label className="settings-check">
          <input
            type="checkbox"
            checked={isQuiet}
            disabled={!mayChange}
            onChange={(event) => setQuiet(event.target.checked)}
          />
          Let alerts wait in quiet hours
        </label>
        {isQuiet ? <Hours hours={hours} mayChange={mayChange} onChange={setHours} /> : null}
        <p className="quiet">
          A morning summary tells what waited. Smoke, gas, fire and break-ins never wait.
        </p>
        {mayChange ? (
          <button type="submit" className="button" disabled={deed.busy}>
            {deed.busy ? "Saving…" : "Save"}
          </button>
        ) : (
          <p className="quiet">An owner of the account can change this.</p>
        )}
        <p className="fault" role="alert">
          {deed.fault}
        </p>
        <p className="quiet" role="status">
          {saved && deed.fault === undefined ? "Saved." : ""}
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
          <label htmlFor={`${field}-${end}`}>{end === "from" ? "From" : "until"}</label>
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
