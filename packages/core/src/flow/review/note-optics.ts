/**
 * What is wrong with a camera, as its pictures show: all of one colour, out of focus, too bright, or the same for hours. One
 * picture that is not so ends it.
 */
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import type { DigestReport, Finding } from "../../digest/wire.ts";
import { device as limits } from "../../limits.ts";
import type { ReviewedMoment } from "../../review/index.ts";
import * as Scene from "../../scene/index.ts";
import { tellRecovery, tellTrouble } from "../deliver/tell-trouble.ts";
import type { Services } from "../services.ts";

/** Goes before what the report itself tells, in the same transaction. */
export async function noteOptics(
  services: Services,
  tx: Tx,
  account: Account.Account,
  report: DigestReport,
  moments: readonly ReviewedMoment[],
): Promise<void> {
  const deviceOf = new Map(moments.map(({ moment, event }) => [moment.id, event.deviceId]));
  const seen = report.moments.filter(({ outcome }) => outcome === "reviewed" || outcome === "early_exit");
  for (const [deviceId, findings] of Map.groupBy(seen, ({ id }) => deviceOf.get(id))) {
    if (deviceId === undefined) continue;
    if (!findings.every(isBlank)) await tellRecovery(services, tx, account, { deviceId, kind: "blind" });
    else if (findings.length >= limits.blindPicturesMin) {
      await tellTrouble(services, tx, account, { deviceId, kind: "blind" });
    }
    const { optics } = await Scene.find(tx, deviceId);
    const faults = optics === null ? {} : Scene.faultsOf(optics);
    for (const [kind, lasts] of Object.entries(faults) as [
      keyof ReturnType<typeof Scene.faultsOf>,
      boolean,
    ][]) {
      if (lasts) await tellTrouble(services, tx, account, { deviceId, kind });
      else await tellRecovery(services, tx, account, { deviceId, kind });
    }
  }
}

function isBlank({ flaws }: Finding): boolean {
  return flaws?.includes("blank") ?? false;
}
