/** What of a recording goes: what is too old for what it shows, and then, until the rest has room, the least worth first. */
import { type Kind, kinds, type Segment } from "./segment.ts";

export type Bounds = {
  bytesMax: number;
  /** How long each kind stays. */
  ageMsMax: Readonly<Record<Kind, number>>;
};

/** @param byKind each kind's segments, oldest first */
export function chooseGone(
  byKind: Readonly<Record<Kind, readonly Segment[]>>,
  { bytesMax, ageMsMax }: Bounds,
  nowMs: number,
): Segment[] {
  let bytes = kinds.reduce((sum, kind) => sum + byKind[kind].reduce((all, one) => all + one.bytes, 0), 0);
  const gone: Segment[] = [];
  for (const kind of kinds) {
    for (const segment of byKind[kind]) {
      const isOld = segment.startMs + segment.ms < nowMs - ageMsMax[kind];
      if (!isOld && bytes <= bytesMax) break;
      gone.push(segment);
      bytes -= segment.bytes;
    }
  }
  return gone;
}
