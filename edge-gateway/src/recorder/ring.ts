/**
 * The segments of all cameras on the disk, `<folder>/<camera>/<start>-<length>-<kind>.ts`, bounded by bytes and by age, and
 * never at the cost of the room that the gateway's events need.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { type Bounds, chooseGone } from "./choose-gone.ts";
import { type Kind, kinds, nameOf, overlaps, readName, type Segment, worthMore } from "./segment.ts";

export type RingBounds = Bounds & {
  /** What stays free on the disk. */
  freeBytesMin: number;
};

export type Ring = {
  /** Where a segment of the camera that is being written lies; gone at the next start when it never became whole. */
  partOf(camera: string, startMs: number): string;
  /** What lies at `part` is whole: synced, named, and from now on played. */
  add(part: string, segment: Segment): Promise<void>;
  /** Makes room. @returns whether a segment may be written */
  makeRoom(nowMs: number): Promise<boolean>;
  /** Those that overlap the time count for more. */
  keep(camera: string, fromMs: number, toMs: number, kind: Kind): Promise<void>;
  /** Oldest first. */
  list(camera: string, fromMs: number, toMs: number): Segment[];
  /** Its bytes; undefined when it has gone meanwhile. */
  read(segment: Segment): Promise<Buffer | undefined>;
  readonly bytes: number;
};

/** Removed before the disk is asked again. */
const freedAtOnce = 64;

const partName = (startMs: number) => `${startMs}.part`;
const isPart = (name: string) => /^\d{1,15}\.part$/.test(name);

async function readFolder(folder: string, camera: string): Promise<Segment[]> {
  const found: Segment[] = [];
  for (const name of await readdir(join(folder, camera))) {
    const known = readName(name);
    const path = join(folder, camera, name);
    // A half segment: the gateway was killed while it was written. What else lies there is somebody's.
    if (isPart(name)) await rm(path, { force: true });
    if (!known) continue;
    const { size } = await stat(path);
    found.push({ camera, bytes: size, ...known });
  }
  return found;
}

/** Reads what is there, and removes what a kill left half. */
export async function openRing(
  folder: string,
  cameras: readonly string[],
  bounds: RingBounds,
): Promise<Ring> {
  const byKind: Record<Kind, Segment[]> = { ring: [], event: [], alarm: [] };
  for (const camera of cameras) await mkdir(join(folder, camera), { recursive: true, mode: 0o700 });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // A camera that is no longer configured: what it recorded goes by the same rules.
    if (!entry.isDirectory()) continue;
    for (const segment of await readFolder(folder, entry.name)) byKind[segment.kind].push(segment);
  }
  for (const kind of kinds) byKind[kind].sort((a, b) => a.startMs - b.startMs);
  const pathOf = (segment: Segment) => join(folder, segment.camera, nameOf(segment));
  const all = () => kinds.flatMap((kind) => byKind[kind]);

  async function remove(gone: readonly Segment[]): Promise<void> {
    for (const segment of gone) {
      await rm(pathOf(segment), { force: true });
      const own = byKind[segment.kind];
      const at = own.indexOf(segment);
      if (at >= 0) own.splice(at, 1);
    }
  }

  async function isFreeEnough(): Promise<boolean> {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= bounds.freeBytesMin;
  }

  return {
    partOf: (camera, startMs) => join(folder, camera, partName(startMs)),
    async add(part, segment) {
      const file = await open(part, "r+");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, pathOf(segment));
      byKind[segment.kind].push(segment);
    },
    async makeRoom(nowMs) {
      await remove(chooseGone(byKind, bounds, nowMs));
      while (!(await isFreeEnough())) {
        // Whatever fills the disk, what was seen of an alarm for life and limb does not go for it.
        const gone = [...byKind.ring, ...byKind.event].slice(0, freedAtOnce);
        if (gone.length === 0) return false;
        await remove(gone);
      }
      return true;
    },
    async keep(camera, fromMs, toMs, kind) {
      const raised = all().filter(
        (one) => one.camera === camera && worthMore(kind, one.kind) && overlaps(one, fromMs, toMs),
      );
      for (const segment of raised) {
        const more = { ...segment, kind };
        await rename(pathOf(segment), pathOf(more));
        byKind[segment.kind].splice(byKind[segment.kind].indexOf(segment), 1);
        byKind[kind].push(more);
        byKind[kind].sort((a, b) => a.startMs - b.startMs);
      }
    },
    list: (camera, fromMs, toMs) =>
      all()
        .filter((one) => one.camera === camera && overlaps(one, fromMs, toMs))
        .toSorted((a, b) => a.startMs - b.startMs),
    async read(segment) {
      // It may have come to count for more since it was listed, and has another name then.
      for (const kind of kinds.slice(kinds.indexOf(segment.kind))) {
        const bytes = await readFile(pathOf({ ...segment, kind })).catch(() => undefined);
        if (bytes) return bytes;
      }
      return undefined;
    },
    get bytes() {
      return all().reduce((sum, { bytes }) => sum + bytes, 0);
    },
  };
}
