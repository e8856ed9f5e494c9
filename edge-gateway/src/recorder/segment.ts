/**
 * A segment of a recording. Its file's name says all that is known of it, so that the folder is its own index: it stands
 * after a power cut, and nothing can contradict it. Only what is whole has such a name.
 */

/** Why it is kept, the least first: by the ring alone, because something happened, because of an alarm for life and limb. */
export const kinds = ["ring", "event", "alarm"] as const;
export type Kind = (typeof kinds)[number];

export type Segment = {
  camera: string;
  /** By the wall clock, in milliseconds. */
  startMs: number;
  ms: number;
  bytes: number;
  kind: Kind;
};

export const nameOf = ({ startMs, ms, kind }: Omit<Segment, "camera" | "bytes">) =>
  `${startMs}-${ms}-${kind}.ts`;

/** Undefined for what is no whole segment. */
export function readName(name: string): Pick<Segment, "startMs" | "ms" | "kind"> | undefined {
  const [, start = "", ms = "", kind = ""] = /^(\d{1,15})-(\d{1,6})-([a-z]+)\.ts$/.exec(name) ?? [];
  const found = kinds.find((one) => one === kind);
  return found && { startMs: Number(start), ms: Number(ms), kind: found };
}

export const overlaps = ({ startMs, ms }: Segment, fromMs: number, toMs: number) =>
  startMs < toMs && startMs + ms > fromMs;

export const worthMore = (a: Kind, b: Kind) => kinds.indexOf(a) > kinds.indexOf(b);
