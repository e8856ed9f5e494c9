/** What the account called false weighs less; all of it can be forgotten. */

import { useId, useState } from "react";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

export function FalsePanel() {
  const { api } = useVisit();
  const [asks, setAsks] = useState(false);
  const [done, setDone] = useState(false);
  const deed = useDeed(() => setAsks(false));
  const title = useId();
  return (
    <section className="panel" aria-labelledby={title}>
      <h2 id={title}>{say.calledFalse}</h2>
      <p>{say.calledFalseWhat}</p>
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
            {say.forgetAll}
          </button>
          <button type="button" className="button-quiet" onClick={() => setAsks(false)}>
            {everywhere.keepIt}
          </button>
        </div>
      ) : (
        <div>
          <button type="button" className="button-small" onClick={() => setAsks(true)}>
            {say.forget}
          </button>
        </div>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <p className="quiet" role="status">
        {done && deed.fault === undefined ? say.forgotten : ""}
      </p>
    </section>
  );
}
