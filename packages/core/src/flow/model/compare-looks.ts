/** What only one of two models saw in a picture, and of which slices the picture is. Pure. */
import * as Digest from "../../digest/index.ts";
import type { Detection, Finding } from "../../digest/wire.ts";
import * as Scene from "../../scene/index.ts";

type Seen = Pick<Detection, "label" | "confidence" | "box">;

/** A model that is so sure says that it is there. */
const sureMin = 0.4;
/** Boxes that overlap by half show the same. */
const overlapMin = 0.5;
/** What nobody is told of makes no difference. */
const told: ReadonlySet<string> = new Set(["person", "vehicle", "animal"]);
const cameraCharsMax = 40;

/**
 * The kinds of what one is sure of and the other does not see at all; none: they agree. A dog that the other calls a cat is
 * an animal to both.
 */
export function differingKinds(champion: readonly Seen[], challenger: readonly Seen[]): string[] {
  const missed = (sure: readonly Seen[], other: readonly Seen[]) =>
    sure
      .filter((thing) => isTold(thing) && !other.some((seen) => isSame(thing, seen)))
      .map(({ label }) => Digest.kindOf(label));
  return [...new Set([...missed(champion, challenger), ...missed(challenger, champion)])].toSorted();
}

/** `night` or `day`, the kinds of what is there, and the kind of camera where its pictures name one. */
export function slicesOf(
  seen: readonly Seen[],
  { statistics, camera }: { statistics: Finding["statistics"]; camera: string | undefined },
): string[] {
  const kinds = seen.filter(isTold).map(({ label }) => Digest.kindOf(label));
  return [
    ...(statistics ? [Scene.lightOf(statistics)] : []),
    ...new Set(kinds.toSorted()),
    ...(camera ? [`camera:${camera.slice(0, cameraCharsMax)}`] : []),
  ];
}

function isTold({ label, confidence }: Seen): boolean {
  return confidence >= sureMin && told.has(Digest.kindOf(label));
}

function isSame(a: Seen, b: Seen): boolean {
  return Digest.kindOf(a.label) === Digest.kindOf(b.label) && Scene.iou(a.box, b.box) >= overlapMin;
}
