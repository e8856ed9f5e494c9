/**
 * Pictures that a worker looked at are compared with what their camera took before, and kept to be compared with: in the
 * transaction that stores the report, so once. Under the account's lock, so that of two reports one sees the other's.
 */
import * as Authenticity from "../../authenticity/index.ts";
import type { Tx } from "../../db/index.ts";
import { replay as limits } from "../../limits.ts";
import type { ReviewedMoment } from "../../review/index.ts";

type Picture = { momentId: string; deviceId: string; capturedAt: Date; sketch: Authenticity.Sketch };

export async function findRepeats(
  tx: Tx,
  accountId: string,
  moments: readonly ReviewedMoment[],
  sketches: ReadonlyMap<string, Authenticity.Sketch>,
): Promise<void> {
  const compared = await Authenticity.listCompared(tx, [...sketches.keys()]);
  const pictures = moments.flatMap(({ moment, event: { deviceId } }): Picture[] => {
    const sketch = sketches.get(moment.id);
    if (!sketch || compared.has(moment.id)) return [];
    return [{ momentId: moment.id, deviceId, capturedAt: moment.capturedAt, sketch }];
  });
  for (const [deviceId, own] of Map.groupBy(pictures, (picture) => picture.deviceId)) {
    const inOrder = own.toSorted((a, b) => a.capturedAt.getTime() - b.capturedAt.getTime());
    await compareAndKeep(tx, { accountId, deviceId, pictures: inOrder });
  }
}

/** @param pictures in the order of time */
async function compareAndKeep(
  tx: Tx,
  { accountId, deviceId, pictures }: { accountId: string; deviceId: string; pictures: readonly Picture[] },
): Promise<void> {
  const [first, last] = [pictures[0], pictures.at(-1)];
  if (!first || !last) return;
  const around = await Authenticity.listAround(tx, {
    deviceId,
    from: new Date(first.capturedAt.getTime() - limits.aroundMsMax),
    until: new Date(last.capturedAt.getTime() + limits.aroundMsMax),
  });
  const backdrop = Authenticity.findBackdrop([...pictures.map(({ sketch }) => sketch), ...around]);
  const known = await Authenticity.readKnown(tx, { deviceId, until: last.capturedAt });
  const withMotion = pictures.map((picture) => {
    const motion = backdrop && Authenticity.motionBefore(backdrop, picture.sketch);
    return { ...picture, backdropId: first.momentId, motion: motion ?? null };
  });
  // Pictures of one report are compared with each other too: a loop may be short.
  const past = [
    ...known.past,
    ...withMotion.flatMap(({ motion, ...one }) => (motion ? { ...one, motion } : [])),
  ];
  const backdrops = backdrop ? new Map([...known.backdrops, [first.momentId, backdrop]]) : known.backdrops;
  await Authenticity.recordSketches(
    tx,
    withMotion.map((picture) => {
      const verdict = Authenticity.findRepeat(picture, { past, backdrops });
      return {
        momentId: picture.momentId,
        accountId,
        deviceId,
        capturedAt: picture.capturedAt,
        cells: picture.sketch,
        motion: picture.motion,
        backdrop: picture === withMotion[0] ? (backdrop ?? null) : null,
        backdropIn: picture.motion ? picture.backdropId : null,
        status: verdict.status,
        why: verdict.status === "cannot-tell" ? verdict.why : null,
        repeatOf: verdict.status === "repeat" ? verdict.of.momentId : null,
      };
    }),
  );
}
