import type { Box } from "../digest/wire.ts";
import { isLearnable } from "./learnable.ts";
import { contains, footOf } from "./overlap.ts";
import type { Point, SceneArea } from "./wire.ts";

/**
 * Where a thing stands among the areas that were drawn on its camera's picture. Only things can be ignored: whatever is
 * drawn, people and animals are told of.
 */
export function stateOf(
  { label, box }: { label: string; box: Box },
  areas: readonly SceneArea[],
): { ignored: boolean; zone: string | null } {
  const under = areas.filter(({ outline }) => contains(outline, footOf(box)));
  const zone = under.find((area) => area.kind === "zone");
  return {
    ignored: isLearnable(label) && under.some(({ kind }) => kind === "ignore"),
    zone: zone?.kind === "zone" ? zone.zone : null,
  };
}

/** What is blackened in a camera's pictures before they are kept. */
export function masksOf(areas: readonly SceneArea[]): Point[][] {
  return areas.filter(({ kind }) => kind === "mask").map(({ outline }) => outline);
}
