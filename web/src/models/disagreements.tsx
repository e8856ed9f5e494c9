/** A picture of which two models say different things: whoever looks says which is right, and is not told which is which. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Disagreement } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useOperated } from "../operator/use-operated.ts";
import { count, enumerate, tally } from "../words/thing.ts";
import { say } from "./say.ts";

export function Disagreements({ api, experimentId }: { api: OperatorApi; experimentId: string }) {
  const { value } = useOperated(["disagreements", experimentId], (signal) =>
    api.disagreements(experimentId, signal),
  );
  const [first] = value?.items ?? [];
  if (value === undefined || first === undefined) return null;
  return (
    <section aria-label={say.disagreements}>
      <p className="quiet">{say.waiting(value.items.length, value.openMax)}</p>
      <Question key={first.no} api={api} experimentId={experimentId} disagreement={first} />
    </section>
  );
}

type Props = { api: OperatorApi; experimentId: string; disagreement: Disagreement };

function Question({ api, experimentId, disagreement: { no, picture, a, b } }: Props) {
  const answers = useQueryClient();
  const deed = useDeed(() => void answers.invalidateQueries());
  // Asked for again every few seconds, it has another URL each time.
  const [{ url }] = useState(picture);
  const answer = (right: "a" | "b" | "neither") =>
    deed.run(() => api.answerDisagreement(experimentId, no, right));
  return (
    <>
      <div className="disagreement">
        <Side name="A" url={url} things={a} />
        <Side name="B" url={url} things={b} />
      </div>
      <div className="actions">
        {(["a", "b", "neither"] as const).map((right) => (
          <button
            key={right}
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() => answer(right)}
          >
            {say.rightIs[right]}
          </button>
        ))}
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </>
  );
}

function Side({ name, url, things }: { name: string; url: string; things: Disagreement["a"] }) {
  const seen = tally(things.map(({ label }) => label)).map(([label, number]) => count(label, number));
  const told = say.sees(name, seen.length === 0 ? undefined : enumerate(seen));
  return (
    <figure>
      <div className="boxes-frame">
        <img src={url} alt={told} />
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {things.map(({ label, box: [x, y, width, height] }) => (
            <rect key={`${label} ${x} ${y} ${width} ${height}`} x={x} y={y} width={width} height={height} />
          ))}
        </svg>
      </div>
      <figcaption>{told}</figcaption>
    </figure>
  );
}
