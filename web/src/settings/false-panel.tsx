/** What the account called false weighs less; all of it can be forgotten. */
import { useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";

export function FalsePanel() {
  const { api } = useVisit();
  const [asks, setAsks] = useState(false);
  const [done, setDone] = useState(false);
  const deed = useDeed(() => setAsks(false));
  const title = useId();
  return (
    <section className="panel" aria-labelledby={title}>
      <h2 id={title}>What you called false</h2>
      <p>
        Events like those that you called false weigh less, within a cap. What may threaten a life never does.
      </p>
      {asks ? (
        <div className="actions">
          <button
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() =>
              deed.run(async () => {
                await api.forgetDismissals();
                setDone(true);
              })
            }
          >
            Yes, forget all of it
          </button>
          <button type="button" className="button-quiet" onClick={() => setAsks(false)}>
            Keep it
          </button>
        </div>
      ) : (
        <div>
          <button type="button" className="button-small" onClick={() => setAsks(true)}>
            Forget what was called false
          </button>
        </div>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <p className="quiet" role="status">
        {done && deed.fault === undefined ? "Forgotten: every event weighs what it weighs by itself." : ""}
      </p>
    </section>
  );
}
