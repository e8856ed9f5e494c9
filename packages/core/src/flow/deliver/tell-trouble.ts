/** Something is wrong with a device, or is right again: whoever wants to know is told. */
import { eq } from "drizzle-orm";
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import * as Device from "../../device/index.ts";
import type { TroubleKind } from "../../device/wire.ts";
import type { Language } from "../../language/wire.ts";
import type { Level } from "../../level.ts";
import { site } from "../../site/site.sql.ts";
import * as Stream from "../../stream/index.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { type Said, tell } from "./tell.ts";
import { troubleWords } from "./trouble-words.ts";

type Named = { deviceId: string; kind: TroubleKind; part?: string };
const levels: Readonly<Record<TroubleKind, Level>> = {
  silent: "standard",
  blind: "elevated",
  blurred: "standard",
  overexposed: "standard",
  frozen: "elevated",
  clock: "low",
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
  return write(services, tx, account, { trouble, state: "began", since });
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
  return write(services, tx, account, { trouble, state: "ended", since: undefined });
}

function nameOf({ id }: Account.Account, { deviceId, kind, part = "" }: Named): Device.TroubleName {
  return { accountId: id, deviceId, kind, part };
}

type Change = { trouble: Device.Trouble; state: "began" | "ended"; since: Date | undefined };

type Happened = {
  kind: TroubleKind;
  /** The sensor of a gateway; empty: the device itself. */
  part: string;
  state: Change["state"];
  since: Change["since"];
  /** The device's. */
  name: string;
  timeZone: string;
};

export function sayTrouble(language: Language, happened: Happened): Said {
  const { kind, part, state, since, name, timeZone } = happened;
  const words = troubleWords[language];
  const who = part === "" ? words.device(name) : words.sensor(part, name);
  if (state === "ended") return { title: words.ends[kind](who), summary: [] };
  const title = words.begins[kind](who);
  if (kind !== "silent") return { title, summary: [words.because[kind]] };
  const format = { dateStyle: "full", timeStyle: "short", timeZone } as const;
  const at = since && new Intl.DateTimeFormat(words.locale, format).format(since);
  return { title, summary: [words.silentSince(at)] };
}

async function write(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { trouble, state, since }: Change,
): Promise<number> {
  const { deviceId, kind, part, times, episode } = trouble;
  const now = services.clock.now();
  const [found] = await tx
    .select({ name: device.name, zone: device.zone, siteId: site.id, siteName: site.name })
    .from(device)
    .innerJoin(site, eq(site.id, device.siteId))
    .where(eq(device.id, deviceId));
  if (!found) throw new Error(`expected the device ${deviceId}`);
  const say = (language: Language) =>
    sayTrouble(language, { kind, part, state, since, name: found.name, timeZone: account.timeZone });
  const told = await tell(
    tx,
    account,
    {
      kind: "device",
      subject: deviceId,
      version: `${kind}:${part}:${times}:${state}`,
      level: levels[kind],
      urgent: false,
      isLate: false,
      site: { id: found.siteId, name: found.siteName },
      say,
      zones: found.zone === null ? [] : [found.zone],
      seen: {},
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
    detail: { trouble: kind, sensor: part === "" ? null : part, state, title: say("en").title },
    at: now,
  });
  return told;
}
