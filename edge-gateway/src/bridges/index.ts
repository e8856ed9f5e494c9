/** Everybody on the site who is told of alarms, as the configuration names them. */

import type { AlarmSink } from "../alarm/alarm-sink.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { openCommand } from "./command.ts";
import { openMqtt } from "./mqtt.ts";
import { openWebhook } from "./webhook.ts";

export function openSinks(
  { alarm, site }: Pick<Config, "alarm" | "site">,
  { clock, random, log }: { clock: Clock; random: () => number; log: Log },
): AlarmSink[] {
  const { mqtt, webhook, command } = alarm;
  return [
    ...(mqtt ? [openMqtt({ ...mqtt, site, log })] : []),
    ...(webhook ? [openWebhook({ ...webhook, clock, random, log })] : []),
    ...(command ? [openCommand({ ...command, log })] : []),
  ];
}
