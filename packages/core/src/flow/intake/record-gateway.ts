/** A gateway says how it is, and how the sensors are that it speaks for. The first report makes its device a gateway. */
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import { gateway } from "../../gateway/gateway.sql.ts";
import type { GatewayReport } from "../../gateway/wire.ts";
import { afterCommit } from "../after-commit.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { tellRecovery, tellTrouble } from "../deliver/tell-trouble.ts";
import type { Services } from "../services.ts";

type Reporting = { accountId: string; deviceId: string; report: GatewayReport };

export async function recordGateway(services: Services, reporting: Reporting): Promise<void> {
  const { accountId, deviceId, report } = reporting;
  const reportedAt = services.clock.now();
  const told = await inAccount(services.database, accountId, async (tx) => {
    await tx
      .insert(gateway)
      .values({ deviceId, accountId, report, reportedAt })
      .onConflictDoUpdate({ target: gateway.deviceId, set: { report, reportedAt } });
    return tellChanges(services, tx, reporting);
  });
  if (told > 0) await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
}

/** The gateway itself is heard again; sensors have fallen silent or are heard again. */
async function tellChanges(
  services: Services,
  tx: Tx,
  { accountId, deviceId, report }: Reporting,
): Promise<number> {
  const troubles = await Device.listTroubles(tx, deviceId);
  const lasting = troubles.filter(({ kind }) => kind === "silent").map(({ part }) => part);
  const heard = report.sensors.filter(({ state }) => state === "online").map(({ device }) => device);
  const silent = report.sensors.filter(({ state }) => state !== "online").map(({ device }) => device);
  const over = lasting.filter((part) => part === "" || heard.includes(part));
  const begun = silent.filter((part) => !lasting.includes(part));
  if (over.length + begun.length === 0) return 0;
  const account = await Account.get(tx, accountId);
  let told = 0;
  for (const part of over) {
    told += await tellRecovery(services, tx, account, { deviceId, kind: "silent", part });
  }
  for (const part of begun) {
    told += await tellTrouble(services, tx, account, { deviceId, kind: "silent", part });
  }
  return told;
}
