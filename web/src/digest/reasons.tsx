/** Why the level is what it is: each reason with how much it moved the score, up or down. */

import type { CSSProperties } from "react";
import type { Reason } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { say } from "./say.ts";

export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  const heaviest = Math.max(...reasons.map((reason) => Math.abs(reason.weight)), Number.EPSILON);
  return (
    <section aria-labelledby="reasons-title">
      <h2 id="reasons-title">{say.whyLevel}</h2>
      <ul className="reasons">
        {reasons.map((reason) => (
          <li key={`${reason.code} ${reason.text}`} data-direction={reason.weight < 0 ? "down" : "up"}>
            <p>{reason.text}</p>
            <span
              className="weight"
              style={{ "--share": Math.abs(reason.weight) / heaviest } as CSSProperties}
              aria-hidden="true"
            />
            <span className="weight-figure">{signed(reason.weight)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `+0.45`, `−0.40`, with a true minus sign. */
function signed(weight: number): string {
  return `${weight < 0 ? "−" : "+"}${number(Math.abs(weight), { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
