/** How an endpoint may move. Nothing leaves `removed`. */
import type { EndpointState } from "./wire.ts";

export type State = EndpointState | "removed";

const transitions: Record<State, readonly State[]> = {
  unconfirmed: ["active", "removed"],
  active: ["disabled", "removed"],
  // An e-mail address is asked anew: whoever reads it may have unsubscribed.
  disabled: ["active", "unconfirmed", "removed"],
  removed: [],
};

/** The states from which `to` can be reached. */
export function sourcesOf(to: State): State[] {
  return (Object.keys(transitions) as State[]).filter((from) => transitions[from].includes(to));
}
