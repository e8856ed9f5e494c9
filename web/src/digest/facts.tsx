/** How a digest was worked out: the model, where it ran, how long each step took, and what was not looked for. */
import type { Digest } from "../api/contract.ts";
import { enumerate } from "../words/thing.ts";
import { duration } from "../words/time.ts";

const steps = [
  ["queueMs", "waiting"],
  ["fetchMs", "fetching pictures"],
  ["decodeMs", "decoding"],
  ["inferMs", "looking"],
  ["postMs", "interpreting"],
] as const;

const secondStage = [
  ["faces", "faces"],
  ["reidentification", "the same person again"],
  ["plates", "number plates"],
] as const;

export function Facts({ digest }: { digest: Digest }) {
  const { timings, capabilities, model } = digest;
  const total = steps.reduce((sum, [key]) => sum + timings[key], 0);
  const absent = secondStage.filter(([key]) => !capabilities[key]).map(([, words]) => words);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">How it was done</h2>
      <p>
        Ready <strong>{duration(timings.eventToDigestMs)}</strong> after the last event; the review took{" "}
        {duration(timings.reviewMs)}.
      </p>
      {total === 0 ? null : (
        <div className="steps" aria-hidden="true">
          {steps.map(([key]) => (
            <span key={key} data-step={key} style={{ flexGrow: timings[key] / total }} />
          ))}
        </div>
      )}
      <ul className="steps-legend">
        {steps.map(([key, words]) => (
          <li key={key} data-step={key}>
            {words} <span className="quiet">{duration(timings[key])}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">
        {absent.length === 0
          ? "Faces, returning persons and number plates were looked for too."
          : `Not looked for, because no owner has consented to it or the worker has no model for it: ${enumerate(absent)}.`}
      </p>
      <dl className="facts">
        <dt>Model</dt>
        <dd>{model.name}</dd>
        <dt>Its sha256</dt>
        <dd>
          <code>{model.sha256}</code>
        </dd>
        <dt>Ran on</dt>
        <dd>{digest.provider}</dd>
        <dt>Digest</dt>
        <dd>
          <code>{digest.id}</code>
        </dd>
      </dl>
    </section>
  );
}
