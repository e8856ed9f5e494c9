/** Makes a run that broke a promise small: deeds and faults are left out while the same promise breaks all the same. */

import type { Planted } from "./planted.ts";
import type { Played, PlayOptions, Stage } from "./play.ts";

const roundsMax = 60;

export type Shrunk = { without: Set<number>; played: Played; rounds: number };

export async function shrink(
  stage: Pick<Stage, "play">,
  broken: Played,
  { planted, isStopped = () => false }: { planted?: Planted | undefined; isStopped?: () => boolean } = {},
): Promise<Shrunk> {
  const kinds = new Set(broken.violations.map(({ kind }) => kind));
  const parts = broken.plan.deeds.length + broken.plan.faults.length;
  const shrunk: Shrunk = { without: new Set(), played: broken, rounds: 0 };
  for (let size = Math.ceil(parts / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < parts && shrunk.rounds < roundsMax && !isStopped(); from += size) {
      const left = Array.from({ length: size }, (_, index) => from + index).filter(
        (place) => place < parts && !shrunk.without.has(place),
      );
      if (left.length === 0) continue;
      const without = new Set([...shrunk.without, ...left]);
      const options: PlayOptions = { planted, without };
      const played = await stage.play(broken.seed, options);
      shrunk.rounds += 1;
      if (played.violations.some(({ kind }) => kinds.has(kind))) Object.assign(shrunk, { without, played });
    }
  }
  return shrunk;
}
