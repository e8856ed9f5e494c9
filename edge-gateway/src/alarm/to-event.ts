/** An alarm as an event of Vigil: the sensor that spoke is in the attributes, because the gateway's key speaks for all of them. */
import type { EventType } from "@vigil/core/event/wire";
import type { Alarm, AlarmKind } from "../sensing-words.ts";
import type { Heard } from "../store/item.ts";

const types: Record<AlarmKind, EventType> = {
  fire: "flame",
  flame: "flame",
  smoke: "smoke",
  gas: "gas",
  heat: "temperature",
};

/** Reasons and readings that go with an event; its attributes hold 4 KiB. */
const listMax = 8;
const textCharsMax = 160;

const rounded = (value: number) => Math.round(value * 100) / 100;

/**
 * Heat alone is a temperature, which Vigil does not take for life-safety; where it is so hot that the rules call it
 * critical without another source, the site is in an emergency.
 */
export function toEvent(alarm: Alarm): Heard {
  const { kind, level, place, device, probability, episode, state } = alarm;
  const hottest = alarm.readings
    .filter(({ channel }) => channel === "thermal")
    .toSorted((a, b) => b.value - a.value)[0];
  return {
    type: types[kind],
    zone: place.slice(0, 64),
    confidence: Math.min(1, Math.max(0, rounded(probability))),
    ...(kind === "heat" && level === "critical" ? { mode: "emergency" as const } : {}),
    attributes: {
      device,
      kind,
      level,
      episode,
      state,
      ...(hottest ? { celsius: rounded(hottest.value) } : {}),
      reasons: alarm.reasons.slice(0, listMax).map(({ text }) => text.slice(0, textCharsMax)),
      readings: Object.fromEntries(
        alarm.readings
          .slice(0, listMax)
          .map(({ channel, value, unit }) => [channel, `${rounded(value)} ${unit}`]),
      ),
    },
  };
}
