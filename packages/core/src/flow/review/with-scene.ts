/** What the scenes of the cameras say of the things in a session's pictures. */
import type { Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import type { Flaw } from "../../digest/wire.ts";
import * as Scene from "../../scene/index.ts";
import type { SceneArea } from "../../scene/wire.ts";
import type { Departure } from "../../standing.ts";

/** A departure is told by a review of the time in which it was noticed. */
const rememberedMs = 31 * 24 * 60 * 60 * 1000;

/**
 * The same moments: of each thing whether it stood there before this review, and whether somebody wants nothing told of it;
 * where a zone was drawn on the camera's picture and somebody stands in it, the moment is of there.
 */
export async function withScene(
  tx: Tx,
  moments: readonly Digest.Moment[],
  reviewId: string,
): Promise<{ moments: Digest.Moment[]; departures: Departure[] }> {
  const deviceIds = [...new Set(moments.map(({ deviceId }) => deviceId))];
  const earliest = Math.min(...moments.map(({ capturedAt }) => capturedAt.getTime()));
  const objects =
    moments.length === 0 ? [] : await Scene.listObjects(tx, deviceIds, new Date(earliest - rememberedMs));
  const scenes = await Scene.list(tx, deviceIds);
  return {
    moments: moments.map((moment) => {
      const { deviceId, capturedAt: at, finding } = moment;
      const things = Digest.oneLabelEach(finding.detections);
      const own = objects.filter((object) => object.deviceId === deviceId);
      const recognised = Scene.recognise(things, own, { at, reviewId });
      const { areas: drawn = [], optics = null } = scenes.get(deviceId) ?? {};
      const told = things.map((thing) => {
        const standing = recognised.get(thing);
        const { ignored } = Scene.stateOf(thing, drawn);
        return {
          ...thing,
          ...(standing ? { standing } : {}),
          ...(ignored ? { ignored: true as const } : {}),
        };
      });
      return {
        ...moment,
        zone: zoneOf(things, drawn) ?? moment.zone,
        finding: { ...finding, detections: told, flaws: flawsOf(moment, optics) },
      };
    }),
    departures: Scene.departuresIn(objects, reviewId),
  };
}

/** What the worker says limits a picture, and what its camera's usual view says. */
function flawsOf({ capturedAt: at, finding }: Digest.Moment, optics: Scene.Optics | null): Flaw[] {
  const { flaws = [], statistics } = finding;
  return statistics && optics ? [...flaws, ...Scene.flawsBeside(optics, { at, statistics, flaws })] : flaws;
}

/** The drawn zone of the surest person; without a person, of the surest thing. */
function zoneOf(things: readonly Digest.Thing[], areas: readonly SceneArea[]): string | null {
  const inOrder = things.toSorted(
    (a, b) => Number(b.label === "person") - Number(a.label === "person") || b.confidence - a.confidence,
  );
  return inOrder.map((thing) => Scene.stateOf(thing, areas).zone).find((zone) => zone !== null) ?? null;
}
