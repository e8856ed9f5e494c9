import type { Signal } from "./signal.ts";

/** Several events that threaten together. */
export type Chain = {
  code: "intrusion" | "entered" | "came-in" | "approach" | "forced-entry" | "break-in" | "prowler";
  text: string;
  weight: number;
  links: readonly Signal[];
};
