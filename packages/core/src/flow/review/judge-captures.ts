/**
 * Files of pictures that a worker looked at are compared with those that their device sent before, and learned from: in the
 * transaction that stores the report, under the account's lock, so each once.
 */
import * as Authenticity from "../../authenticity/index.ts";
import type { Traits } from "../../authenticity/wire.ts";
import type { Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import type { ReviewedMoment } from "../../review/index.ts";

export async function judgeCaptures(
  tx: Tx,
  accountId: string,
  moments: readonly ReviewedMoment[],
  traits: ReadonlyMap<string, Traits>,
): Promise<void> {
  const judged = await Authenticity.findCaptures(tx, [...traits.keys()]);
  // What has masks was encoded here, and tells nothing of its camera.
  const fresh = moments.filter(
    ({ moment: { id, announcedSha256 } }) => traits.has(id) && !judged.has(id) && announcedSha256 === null,
  );
  for (const [deviceId, own] of Map.groupBy(fresh, ({ event }) => event.deviceId)) {
    const { clock } = await Device.get(tx, deviceId);
    let profile = await Authenticity.findProfile(tx, deviceId);
    const rows = [];
    for (const { moment, event } of own) {
      const known = traits.get(moment.id);
      if (!known) continue;
      const verdict = Authenticity.judgeCapture(
        {
          traits: known,
          name: moment.name,
          contentType: moment.contentType,
          capturedAt: moment.capturedAt,
          receivedAt: event.receivedAt,
          skewMs: clock?.skewMs ?? 0,
        },
        profile,
      );
      profile = verdict.profile;
      rows.push({ momentId: moment.id, accountId, capture: verdict.capture });
    }
    await Authenticity.recordCaptures(tx, rows);
    await Authenticity.keepProfile(tx, { accountId, deviceId, profile });
  }
}
