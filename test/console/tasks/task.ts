/** What somebody wants done, as they would say it, and how it is done at the screen. */
import type { Hand } from "./hand.ts";
import type { Stage } from "./stage.ts";

export type Doing = {
  hand: Hand;
  stage: Stage;
  /** What an earlier task of the same person left: keys of devices, and the like. */
  kept: Map<string, string>;
};

export type Task = { wish: string; does: (doing: Doing) => Promise<void> };

/** What an earlier task must have left. */
export function keptOf({ kept }: Doing, name: string): string {
  const value = kept.get(name);
  if (value === undefined) throw new Error(`no ${name} is left by an earlier task`);
  return value;
}
