/** What can be said of whether the pictures are what they claim to be, and what cannot. */
import type { Moment } from "../api/contract.ts";
import { custody, origins } from "../words/origin.ts";

export function Origin({ moments }: { moments: readonly Moment[] }) {
  const kept = custody(moments);
  const said = origins(moments);
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby="origin-title">
      <h2 id="origin-title">What the pictures prove</h2>
      {kept.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {said.length === 0 ? (
        <p className="quiet">
          None of them brings a statement of its origin. Few cameras write one: that proves nothing.
        </p>
      ) : (
        <ul className="origins">
          {said.map(({ number, line }) => (
            <li key={number}>
              <strong>Picture {number}.</strong> {line}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">Whether a camera was shown what really happened, none of this can tell.</p>
    </section>
  );
}
