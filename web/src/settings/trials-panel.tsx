/** Whether models on trial may look at the account's pictures: off until an owner turns it on. */
import { useQueryClient } from "@tanstack/react-query";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

export function TrialsPanel({ mayChange }: { mayChange: boolean }) {
  const { api, account } = useVisit();
  const answers = useQueryClient();
  const deed = useDeed(() => void answers.invalidateQueries({ queryKey: ["account"] }));
  return (
    <section className="panel" aria-labelledby="trials-title">
      <h2 id="trials-title">{say.trials}</h2>
      <p className="quiet" id="trials-what">
        {say.trialsWhat}
      </p>
      <label className="settings-check">
        <input
          type="checkbox"
          aria-describedby="trials-what"
          checked={account.modelTrials}
          disabled={!mayChange || deed.busy}
          onChange={(event) => {
            const modelTrials = event.target.checked;
            deed.run(() => api.changeAccount({ modelTrials }));
          }}
        />
        {say.takePart}
      </label>
      {mayChange ? null : <p className="quiet">{everywhere.ownerMayChange}</p>}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}
