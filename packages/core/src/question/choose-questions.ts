/** Which items people are asked about: a budget, spent on those nearest to the boundary. Pure. */
import { createHash } from "node:crypto";
import { question as limits } from "../limits.ts";
import type { Judged } from "./judge-item.ts";
import type { RunRules } from "./wire.ts";

export type NearItem = Judged & { no: number };
export type ChosenQuestion = NearItem & { isTwice: boolean };
export type Chosen = { questions: ChosenQuestion[]; overflow: number };

/** Whether people are to be asked about it, if there is room. */
export function isNear({ borderline }: Pick<RunRules, "borderline">, { margin }: Judged): boolean {
  return Math.abs(margin) <= borderline;
}

/**
 * Of those that are near, the nearest, as many as the budget has; of equal ones the first. The same items give the same questions,
 * and which of them are asked twice nobody can tell beforehand.
 * @param accepted how many items the run has, near or not
 * @param seed of the choice of those that are asked twice
 */
export function chooseQuestions(
  near: readonly NearItem[],
  { accepted, askedShareMax, seed }: { accepted: number; seed: string } & Pick<RunRules, "askedShareMax">,
): Chosen {
  const share = Math.min(askedShareMax, limits.askedShareMax);
  const room = Math.min(Math.floor(accepted * share + 1e-9), limits.askedMax);
  const nearest = near
    .toSorted((a, b) => Math.abs(a.margin) - Math.abs(b.margin) || a.no - b.no)
    .slice(0, room);
  const twice = new Set(
    nearest
      .map(({ no }) => ({ no, lot: createHash("sha256").update(`${seed} ${no}`).digest("hex") }))
      .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, Math.ceil(nearest.length * limits.twiceShare - 1e-9))
      .map(({ no }) => no),
  );
  return {
    questions: nearest.map((item) => ({ ...item, isTwice: twice.has(item.no) })),
    overflow: near.length - nearest.length,
  };
}
