/** How a digest was worked out: the model, where it ran, how long each step took, and what was not looked for. */

import type { Digest } from "../api/contract.ts";
import { Marked } from "../words/marked.tsx";
import { enumerate } from "../words/thing.ts";
import { duration } from "../words/time.ts";
import { say } from "./say.ts";

const steps = ["queueMs", "fetchMs", "decodeMs", "inferMs", "postMs"] as const;
const secondStage = ["faces", "reidentification", "plates"] as const;

export function Facts({ digest }: { digest: Digest }) {
  const { timings, capabilities, model } = digest;
  const total = steps.reduce((sum, key) => sum + timings[key], 0);
  const absent = secondStage.filter((key) => !capabilities[key]).map((key) => say[key]);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{say.howDone}</h2>
      <p>
        <Marked text={say.ready(duration(timings.eventToDigestMs), duration(timings.reviewMs))}>
          {(after) => <strong>{after}</strong>}
        </Marked>
      </p>
      {total === 0 ? null : (
        <div className="steps" aria-hidden="true">
          {steps.map((key) => (
            <span key={key} data-step={key} style={{ flexGrow: timings[key] / total }} />
          ))}
        </div>
      )}
      <ul className="steps-legend">
        {steps.map((key) => (
          <li key={key} data-step={key}>
            {say.steps[key]} <span className="quiet">{duration(timings[key])}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">{absent.length === 0 ? say.allLookedFor : say.notLookedFor(enumerate(absent))}</p>
      <dl className="facts">
        <dt>{say.model}</dt>
        <dd>{model.name}</dd>
        <dt>{say.sha256}</dt>
        <dd>
          <code>{model.sha256}</code>
        </dd>
        <dt>{say.ranOn}</dt>
        <dd>{digest.provider}</dd>
        <dt>{say.digest}</dt>
        <dd>
          <code>{digest.id}</code>
        </dd>
      </dl>
    </section>
  );
}
