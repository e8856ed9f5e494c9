/** For how long the account keeps pictures. */
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";

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
      <h2 id={`${field}-title`}>How long pictures are kept</h2>
      <form className="settings-form" onSubmit={submit}>
        <label htmlFor={`${field}-days`}>Days</label>
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
        <p className="quiet">
          Then they are erased for good. What was said of them stays. Your plan keeps them for up to {daysMax}{" "}
          days.
        </p>
        {wanted < days ? (
          <p className="quiet">
            Pictures older than {daysWords(wanted)} go within minutes, and nothing brings them back.
          </p>
        ) : null}
        {heldUntil === undefined ? null : (
          <p className="quiet">
            Until {dateAndTime(heldUntil, account.timeZone)} they are kept for {days} days, as under your plan
            before.
          </p>
        )}
        {mayChange ? (
          <button type="submit" className="button" disabled={deed.busy}>
            {deed.busy ? "Saving…" : `Keep them for ${daysWords(wanted)}`}
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

function daysWords(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
