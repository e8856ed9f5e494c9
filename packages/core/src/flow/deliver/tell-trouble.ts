/** Something is wrong with a device, or is right again: whoever wants to know is told. */
import { eq } from "drizzle-orm";
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import * as Device from "../../device/index.ts";
import type { TroubleKind } from "../../device/wire.ts";
import type { Level } from "../../level.ts";
import { site } from "../../site/site.sql.ts";
import * as Stream from "../../stream/index.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

type Named = { deviceId: string; kind: TroubleKind; part?: string };
type Words = { begins: string; because: string; ends: string };

const words: Record<TroubleKind, Words & { level: Level }> = {
  silent: {
    level: "standard",
    begins: "is silent",
    because: "Nothing is heard of it",
    ends: "is heard again",
  },
  blind: {
    level: "elevated",
    begins: "sees nothing",
    because: "Its pictures show one colour: is its lens covered, or its signal lost?",
    ends: "sees again",
  },
  blurred: {
    level: "standard",
    begins: "is out of focus",
    because: "Its pictures are blurred: is its lens dirty or covered, or has it been turned?",
    ends: "is in focus again",
  },
  overexposed: {
    level: "standard",
    begins: "is blinded by light",
    because: "Most of its pictures is as bright as can be: does the sun or a lamp shine into it?",
    ends: "is blinded no more",
  },
  frozen: {
    level: "elevated",
    begins: "shows the same picture for hours",
    because: "Not a dot of its pictures changes: it stands still, or somebody plays it a picture.",
    ends: "shows what happens again",
  },
  clock: {
    level: "low",
    begins: "has a wrong clock",
    because: "Its events are corrected; set its time zone or its time server.",
    ends: "has the right time again",
  },
};

/**
 * Once, however often it is noticed. Goes last in a transaction.
 * @param since when it was heard last, where that is known
 * @returns how many endpoints will be told
 */
export async function tellTrouble(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { since, ...named }: Named & { since?: Date },
): Promise<number> {
  const trouble = await Device.beginTrouble(tx, nameOf(account, named), services.clock.now());
  if (!trouble) return 0;
  const { begins, because } = words[trouble.kind];
  const at =
    since &&
    new Intl.DateTimeFormat("en-GB", {
      dateStyle: "full",
      timeStyle: "short",
      timeZone: account.timeZone,
    }).format(since);
  const sentence =
    trouble.kind === "silent" ? `${because}${at === undefined ? "" : ` since ${at}`}.` : because;
  return write(services, tx, account, { trouble, says: begins, summary: [sentence], state: "began" });
}

/** It is over: told in the same thread, without a sound. @returns how many endpoints will be told */
export async function tellRecovery(
  services: Services,
  tx: Tx,
  account: Account.Account,
  named: Named,
): Promise<number> {
  const trouble = await Device.endTrouble(tx, nameOf(account, named), services.clock.now());
  if (!trouble) return 0;
  return write(services, tx, account, {
    trouble,
    says: words[trouble.kind].ends,
    summary: [],
    state: "ended",
  });
}

function nameOf({ id }: Account.Account, { deviceId, kind, part = "" }: Named): Device.TroubleName {
  return { accountId: id, deviceId, kind, part };
}

type Change = { trouble: Device.Trouble; says: string; summary: string[]; state: "began" | "ended" };

async function write(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { trouble, says, summary, state }: Change,
): Promise<number> {
  const { deviceId, kind, part, times, episode } = trouble;
  const now = services.clock.now();
  const [found] = await tx
    .select({ name: device.name, zone: device.zone, siteId: site.id, siteName: site.name })
    .from(device)
    .innerJoin(site, eq(site.id, device.siteId))
    .where(eq(device.id, deviceId));
  if (!found) throw new Error(`expected the device ${deviceId}`);
  const name = part === "" ? found.name : `Sensor ${part} of ${found.name}`;
  const title = `${name} ${says}`;
  const told = await tell(
    tx,
    account,
    {
      kind: "device",
      subject: deviceId,
      version: `${kind}:${part}:${times}:${state}`,
      level: words[kind].level,
      urgent: false,
      isLate: false,
      site: { id: found.siteId, name: found.siteName },
      title,
      summary,
      zones: found.zone === null ? [] : [found.zone],
      seen: {},
      recommendation: null,
      thread: `${deviceId}:${kind}:${part}:${episode}`,
      occurredAt: now,
      links: { console: consolePage(services, ""), api: "/v1/devices" },
    },
    { now },
  );
  await Stream.append(tx, {
    accountId: account.id,
    kind: "device",
    subject: deviceId,
    detail: { trouble: kind, sensor: part === "" ? null : part, state, title },
    at: now,
  });
  return told;
}
