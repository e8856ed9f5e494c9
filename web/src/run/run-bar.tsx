/** A run as a bar: its parts are the ends of its items and what is open, and together they are what was accepted. */

import type { Run } from "../api/contract.ts";
import { Marked } from "../words/marked.tsx";
import { partsOf, stateWords } from "./run-words.ts";
import { say } from "./say.ts";

export function RunBar({ run }: { run: Run }) {
  const parts = partsOf(run);
  return (
    <div className="run">
      <p>{stateWords(run)}</p>
      <div className="run-bar" aria-hidden="true">
        {parts.map(({ name, count }) => (
          <span key={name} data-end={name} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="run-parts">
        {parts.map(({ name, count, words }) => (
          <li key={name} data-end={name}>
            {words}: <strong>{count}</strong>
          </li>
        ))}
        <li>
          <Marked text={say.ofAll(run.accepted)}>{(count) => <strong>{count}</strong>}</Marked>
        </li>
      </ul>
    </div>
  );
}
