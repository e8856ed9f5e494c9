/** For how long the account keeps pictures. */

import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

export function PicturesPanel({ mayChange }: { mayChange: boolean }) {
  const { api, account } = useVisit();
  const { days, daysMax, heldUntil } = account.pictures;
  const answers = useQueryClient();
  const [wanted, setWanted] = useState(Math.min(days, daysMax));
  const [saved, setSaved] = useState(false);
  const deed = useDeed(() => void answers.invalidateQueries({ queryKey: ["account"] }));
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaved(false);
    deed.run(async () => {
      await api.changeAccount({ picturesDays: wanted === daysMax ? null : wanted });
      setSaved(true);
    });
  };
  return (
    <section className="panel" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{say.howLong}</h2>
      <form className="settings-form" onSubmit={submit}>
        <label htmlFor={`${field}-days`}>{say.daysLabel}</label>
        <input
          id={`${field}-days`}
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={daysMax}
          value={wanted}
          disabled={!mayChange}
          onChange={(event) => setWanted(event.target.valueAsNumber || 1)}
        />
        <p className="quiet">{say.thenErased(daysMax)}</p>
        {wanted < days ? <p className="quiet">{say.olderGo(wanted)}</p> : null}
        {heldUntil === undefined ? null : (
          <p className="quiet">{say.heldUntil(dateAndTime(heldUntil, account.timeZone), days)}</p>
        )}
        {mayChange ? (
          <button type="submit" className="button" disabled={deed.busy}>
            {deed.busy ? everywhere.saving : say.keepFor(wanted)}
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
