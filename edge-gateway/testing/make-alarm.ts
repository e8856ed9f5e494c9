/** For tests: an alarm as sensing tells it. */
import type { Alarm } from "../src/sensing-words.ts";

export function makeAlarm(part: Partial<Alarm> = {}): Alarm {
  const reading = {
    device: "S-104",
    place: "kitchen",
    channel: "thermal",
    value: 96.4,
    unit: "°C",
    monotonicMs: performance.now(),
    wallMs: Date.now(),
  } as const;
  return {
    episode: "episode-1",
    state: "opened",
    device: "S-104",
    place: "kitchen",
    kind: "fire",
    threat: "fire with smoke and heat",
    level: "critical",
    probability: 0.93,
    reasons: [{ code: "thermal_hot", text: "3 cells are above 90 °C.", reading }],
    readings: [reading],
    mitigations: ["Get everybody out."],
    monotonicMs: performance.now(),
    wallMs: Date.now(),
    ...part,
  };
}
