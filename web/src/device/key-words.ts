/** What is said of a device's key. */

import type { DeviceKey } from "../api/contract.ts";
import { ago, dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

/** "made 3 days ago · used 2 minutes ago · ends 28 Nov 2026, 10:00" */
export function keyWords(
  { createdAt, lastUsedAt, expiresAt }: DeviceKey,
  timeZone: string,
  now: number,
): string {
  const said = [
    say.made(ago(createdAt, timeZone, now)),
    lastUsedAt === null ? undefined : say.used(ago(lastUsedAt, timeZone, now)),
    expiresAt === null ? undefined : say.ends(dateAndTime(expiresAt, timeZone)),
  ];
  return said.filter((part) => part !== undefined).join(" · ");
}
