/**
 * Alarms by MQTT, for sirens, building control and home automation on the same network.
 *
 * Topics below `<prefix>/<site>`:
 * `status` (retained): `online`, or `offline` as the broker says itself when the gateway dies;
 * `alarm`: each alarm as JSON, with every change of it;
 * `place/<place>` (retained): the latest alarm of a place as JSON, for those who connect later.
 */
import mqtt from "mqtt";
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import type { AlarmSink } from "../alarm/alarm-sink.ts";
import type { Log } from "../log.ts";

export type MqttOptions = {
  url: string;
  username?: string | undefined;
  password?: string | undefined;
  prefix: string;
  site: string;
  log: Log;
};

/** At least once: a receiver tells repetitions by the alarm's id and state. */
const qos = 1;
const reconnectMs = 2_000;
const endMsMax = 1_000;
/** Alarms that wait for a broker that is gone; more of them are lost, the oldest stay. */
const waitingMax = 500;

/** A place as one level of a topic. */
const topicOf = (place: string) => place.replaceAll(/[#+/\0]/g, "-") || "unknown";

export type MqttSink = AlarmSink & { isConnected(): boolean };

export function openMqtt({ url, username, password, prefix, site, log }: MqttOptions): MqttSink {
  const base = `${prefix}/${site}`;
  const status = `${base}/status`;
  const client = mqtt.connect(url, {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    reconnectPeriod: reconnectMs,
    // What is published while the broker is gone goes out when it is back.
    queueQoSZero: false,
    will: { topic: status, payload: Buffer.from("offline"), qos, retain: true },
  });
  const counters = { delivered: 0, lost: 0, waiting: 0 };
  let wasTold = false;

  client.on("connect", () => {
    wasTold = false;
    log.info({ broker: new URL(url).host }, "MQTT is connected");
    client.publish(status, "online", { qos, retain: true });
  });
  client.on("error", tellOnce);
  client.on("offline", () => tellOnce(new Error("the broker is gone")));

  function tellOnce(error: Error): void {
    if (wasTold) return;
    wasTold = true;
    log.warn({ err: error, broker: new URL(url).host }, "MQTT is not connected; trying again");
  }

  function publish(topic: string, payload: string, retain: boolean): void {
    if (counters.waiting >= waitingMax) {
      counters.lost += 1;
      return;
    }
    counters.waiting += 1;
    client.publish(topic, payload, { qos, retain }, (error) => {
      counters.waiting -= 1;
      if (error) counters.lost += 1;
      else counters.delivered += 1;
    });
  }

  return {
    name: "mqtt",
    isConnected: () => client.connected,
    tell(alarm: AlarmRecord) {
      const payload = JSON.stringify(alarm);
      publish(`${base}/alarm`, payload, false);
      publish(`${base}/place/${topicOf(alarm.place)}`, payload, true);
    },
    counters: () => ({ ...counters }),
    async stop() {
      if (client.connected) {
        await Promise.race([
          client.publishAsync(status, "offline", { qos, retain: true }).catch(() => undefined),
          new Promise((resolve) => setTimeout(resolve, endMsMax).unref()),
        ]);
      }
      await client.endAsync(true).catch(() => undefined);
    },
  };
}
