/** A gateway says how it is. The first report makes its device a gateway. */
import { inAccount } from "../../db/index.ts";
import { gateway } from "../../gateway/gateway.sql.ts";
import type { GatewayReport } from "../../gateway/wire.ts";
import type { Services } from "../services.ts";

export async function recordGateway(
  services: Services,
  { accountId, deviceId, report }: { accountId: string; deviceId: string; report: GatewayReport },
): Promise<void> {
  const reportedAt = services.clock.now();
  await inAccount(services.database, accountId, async (tx) => {
    await tx
      .insert(gateway)
      .values({ deviceId, accountId, report, reportedAt })
      .onConflictDoUpdate({ target: gateway.deviceId, set: { report, reportedAt } });
  });
}
