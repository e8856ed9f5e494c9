/** Why something did not work, and what to do, for the person at the screen. */

import { Refusal, Unreachable } from "../api/failure.ts";
import { say } from "./say-refusal.ts";

export type Explanation = { what: string; next: string; requestId?: string };

export function explain(failure: unknown): Explanation {
  if (failure instanceof Refusal) {
    const { code, title, detail, requestId } = failure.problem;
    // What is known needs no support; whatever else comes can be quoted by its request.
    const known = Object.hasOwn(say.known, code) ? say.known[code] : undefined;
    return known ?? { ...say.other(title, detail), ...(requestId === "" ? {} : { requestId }) };
  }
  if (failure instanceof Unreachable) {
    return say.unreachable;
  }
  if (failure instanceof DOMException && failure.name === "NotAllowedError") {
    return say.passkeyUnused;
  }
  return say.unexpected;
}
