/** Looks for devices that have fallen silent, are heard again, or whose clocks have gone wrong or right. */
import { and, eq, sql as statement } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import { event } from "../../event/event.sql.ts";
import { gateway } from "../../gateway/gateway.sql.ts";
import { device as limits, session as sessionLimits } from "../../limits.ts";
import { afterCommit } from "../after-commit.ts";
import { dispatchDeliveries } from "../deliver/dispatch-deliveries.ts";
import { tellRecovery, tellTrouble } from "../deliver/tell-trouble.ts";
import type { Services } from "../services.ts";

/** @returns how many devices were looked at */
export async function judgeDevices(services: Services): Promise<number> {
  const ago = (ms: number) => new Date(services.clock.now().getTime() - ms);
  const due = await services.database.sql<{ accountId: string; deviceId: string }[]>`
    select account_id as "accountId", device_id as "deviceId" from devices_to_judge(${ago(limits.gatewaySilentMsMin)},
      ${ago(limits.silentMsMin)}, ${ago(limits.silentMsMax)}, ${sessionLimits.clockOffMsMin}, ${limits.judgedAtOnceMax})`;
  let told = 0;
  for (const { accountId, deviceId } of due) {
    try {
      told += await inAccount(services.database, accountId, (tx) => judge(services, tx, accountId, deviceId));
    } catch (error) {
      services.log.warn({ err: error, deviceId }, "a device could not be judged; the next sweep tries again");
    }
  }
  if (told > 0) await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  return due.length;
}

async function judge(services: Services, tx: Tx, accountId: string, deviceId: string): Promise<number> {
  const account = await Account.get(tx, accountId);
  const found = await Device.get(tx, deviceId);
  const heard = await whenHeard(tx, found);
  const clock = Device.clockStateOf(found.clock ?? Device.unknownClock);
  const troubles = await Device.listTroubles(tx, deviceId);
  const lasting = troubles.find(({ kind, part }) => kind === "silent" && part === "");
  // What was silent stays so until it is heard anew.
  const isSilent = lasting
    ? (heard.reportedAt ?? heard.heardAt ?? lasting.since) <= lasting.since
    : Device.isSilent(heard, services.clock.now());
  const since = heard.reportedAt ?? heard.heardAt;
  const silence = { deviceId, kind: "silent", ...(since === null ? {} : { since }) } as const;
  const time = { deviceId, kind: "clock" } as const;
  const told = isSilent
    ? await tellTrouble(services, tx, account, silence)
    : await tellRecovery(services, tx, account, silence);
  const isOff = clock === "ahead" || clock === "behind";
  return (
    told +
    (isOff ? await tellTrouble(services, tx, account, time) : await tellRecovery(services, tx, account, time))
  );
}

async function whenHeard(tx: Tx, { id, siteId, heardAt }: Device.Device): Promise<Device.Heard> {
  const [reported] = await tx
    .select({ at: gateway.reportedAt })
    .from(gateway)
    .where(eq(gateway.deviceId, id));
  if (reported || heardAt === null) return { reportedAt: reported?.at ?? null, heardAt, daysHeard: 0 };
  const until = heardAt.toISOString();
  const [days] = await tx
    .select({
      count: statement<number>`count(distinct floor(extract(epoch from ${until}::timestamptz - ${event.occurredAt}) / 86400))::int`,
    })
    .from(event)
    .where(
      and(
        eq(event.siteId, siteId),
        eq(event.deviceId, id),
        statement`${event.occurredAt} between ${until}::timestamptz - ${limits.heardDaysOf} * interval '1 day' and ${until}::timestamptz`,
      ),
    );
  return { reportedAt: null, heardAt, daysHeard: days?.count ?? 0 };
}
