/** A camera whose pictures all show one colour is blind; one picture that shows anything ends that. */
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import type { DigestReport, Finding } from "../../digest/wire.ts";
import { device as limits } from "../../limits.ts";
import type { ReviewedMoment } from "../../review/index.ts";
import { tellRecovery, tellTrouble } from "../deliver/tell-trouble.ts";
import type { Services } from "../services.ts";

/** Goes before what the report itself tells, in the same transaction. */
export async function noteBlind(
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
  }
}

function isBlank({ flaws }: Finding): boolean {
  return flaws?.includes("blank") ?? false;
}
