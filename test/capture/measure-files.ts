/** What Vigil makes of whole files of cameras: what contradicts itself in them, and whether small pictures tell others. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evidence } from "@vigil/core/limits";
import { compareThumbnail } from "../../gpu-worker/src/pipe/decode/compare-thumbnail.ts";
import { decode } from "../../gpu-worker/src/pipe/decode/index.ts";
import { findContradictions } from "../../packages/core/src/authenticity/find-contradictions.ts";
import { nothingKnown } from "../../packages/core/src/authenticity/profile.ts";
import type { Traits } from "../../packages/core/src/authenticity/wire.ts";
import { type PictureHead, readHead } from "../../packages/core/src/evidence/read-head.ts";
import { readTraits } from "../../packages/core/src/evidence/read-traits.ts";
import { capture } from "../../packages/core/src/limits.ts";

type Picture = { name: string; bytes: Buffer; head: PictureHead; traits: Traits; sketch: string | undefined };

async function read(folder: string, name: string): Promise<Picture[]> {
  const bytes = await readFile(join(folder, name));
  const [head, told] = [readHead(bytes), readTraits(bytes)];
  if ("fault" in head || !told) return [];
  const { pixelsMax } = evidence;
  const { contentType } = head;
  const canvas = { inputSize: 640, layout: "yolov8", rectangular: true } as const;
  const { sketch, thumbnailLikeness } = await decode(bytes, { ...canvas, contentType, pixelsMax });
  const likeness = thumbnailLikeness === undefined ? {} : { thumbnailLikeness };
  return [{ name, bytes, head, traits: { ...told.traits, ...likeness }, sketch }];
}

export async function measureFiles(
  folder: string,
  say: (text: string) => void,
  share: (cases: number, of: number) => string,
): Promise<void> {
  const pictures: Picture[] = [];
  for (const name of await readdir(folder)) pictures.push(...(await read(folder, name)));
  say(`\n${pictures.length} files of ${folder}`);
  const now = new Date();
  for (const { name, head, traits } of pictures) {
    const { contentType } = head;
    const taken = { traits, name, contentType, capturedAt: now, receivedAt: now, skewMs: 0 };
    for (const { code, detail } of findContradictions(taken, nothingKnown)) {
      say(`  ${name}: ${code}, ${detail}`);
    }
  }
  const own = pictures
    .map(({ traits }) => traits.thumbnailLikeness)
    .filter((likeness) => likeness !== undefined);
  const foreign: number[] = [];
  for (const one of pictures.filter(({ traits }) => traits.thumbnailLikeness !== undefined)) {
    for (const other of pictures) {
      if (other === one || other.sketch === undefined) continue;
      const likeness = await compareThumbnail(one.bytes, one.head, other.sketch);
      if (likeness !== undefined) foreign.push(likeness);
    }
  }
  const below = own.filter((likeness) => likeness < capture.thumbnailLikenessMin).length;
  const above = foreign.filter((likeness) => likeness >= capture.thumbnailLikenessMin).length;
  say(`  own small pictures that differ        ${share(below, own.length)}`);
  say(`  small pictures of others that do not  ${share(above, foreign.length)}`);
}
