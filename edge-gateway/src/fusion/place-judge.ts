/**
 * Judges a place: all devices that stand in it, and what cameras see there. One happening in one place is one alarm,
 * whichever of its devices noticed it, and two devices that see different things corroborate each other.
 */
import type { Alarm, AlarmKind, Channel, Reading, Reason, Unit } from "../sensing-words.ts";
import { createBand } from "./band.ts";
import { decide, type Said } from "./decide.ts";
import { createEpisode } from "./episode.ts";
import type { DeviceEvidence } from "./evidence.ts";
import { explain } from "./explain.ts";
import type { FusionRules } from "./rules.ts";
import type { Source } from "./threat-matrix.ts";

export type JudgedDevice = {
  readonly device: string;
  readonly evidence: DeviceEvidence;
  /** The latest reading of each channel, newest values, with times of their own. */
  readings: (monotonicMs: number, wallMs: number) => Reading[];
  /** A copy of the latest frame; undefined when there is none. */
  grid: () => Alarm["thermal"];
};

export type PlaceJudge = {
  readonly place: string;
  readonly devices: Set<JudgedDevice>;
  see: (score: number, what: "fire" | "smoke", monotonicMs: number) => void;
  /** Nobody stands here and no camera looked here lately: the place can be forgotten. */
  isIdle: (monotonicMs: number) => boolean;
  /** Judges as of now; tells through `onAlarm` before it returns. */
  judge: (monotonicMs: number) => void;
  readonly open: { episode: string; kind: AlarmKind; level: Alarm["level"] } | undefined;
};

export type PlaceJudgeOptions = {
  rules: FusionRules;
  newEpisode: () => string;
  /** The wall clock's time of an instant of the monotonic clock. */
  wallMsAt: (monotonicMs: number) => number;
  onAlarm: (alarm: Alarm) => void;
};

export function createPlaceJudge(
  place: string,
  { rules, newEpisode, wallMsAt, onAlarm }: PlaceJudgeOptions,
): PlaceJudge {
  const devices = new Set<JudgedDevice>();
  const vision = createBand(rules.vision, rules.staleSeconds.vision);
  let seen: "fire" | "smoke" = "fire";
  const episode = createEpisode(rules.clearSeconds, newEpisode);
  let lead = "";

  function listen(now: number): Said[] {
    const said = new Map<Source, Said>();
    const add = (source: Source, state: 0 | 1 | 2, strength: number) => {
      if (state === 0) return;
      const known = said.get(source);
      if (known && (known.state > state || (known.state === state && known.strength >= strength))) return;
      said.set(source, { source, state, strength });
    };
    for (const { evidence } of devices) {
      add("smoke", evidence.smoke.state(now), evidence.smoke.strength());
      add("gas", evidence.gas.state(now), evidence.gas.strength());
      add("thermal", evidence.thermal.state(now), evidence.thermal.strength());
    }
    add("vision", vision.state(now), vision.strength());
    const isCorroborated = said.size > 0;
    for (const { evidence } of devices) {
      // Alone, an input whose level at rest is not known yet says nothing.
      if (isCorroborated || evidence.flame.memory) {
        add("flame", evidence.flame.state(now), evidence.flame.strength());
      }
    }
    return [...said.values()];
  }

  function measureOf(device: string) {
    return (channel: Channel, value: number, unit: Unit, monotonicMs: number): Reading => ({
      device,
      place,
      channel,
      value,
      unit,
      monotonicMs,
      wallMs: wallMsAt(monotonicMs),
    });
  }

  function reasonsOf(now: number): { device: JudgedDevice | undefined; reasons: Reason[] } {
    let first: JudgedDevice | undefined;
    const reasons: Reason[] = [];
    for (const device of devices) {
      const own = explain(device.evidence, rules, measureOf(device.device), now);
      if (
        own.length > 0 &&
        (!first || device.evidence.thermal.state(now) > first.evidence.thermal.state(now))
      ) {
        first = device;
      }
      reasons.push(...own);
    }
    if (vision.state(now) > 0) {
      const text = `A camera sees ${seen} in ${place} with a score of ${vision.value.toFixed(2)}, ${rules.vision.on} or more.`;
      const device = first?.device ?? lead;
      reasons.push({
        code: "vision",
        text,
        reading: measureOf(device)("vision", vision.value, "score", vision.takenMs),
      });
    }
    return { device: first, reasons };
  }

  function judge(now: number): void {
    const verdict = decide(listen(now), rules);
    const told = episode.take(verdict, now);
    if (!told) return;
    const wallMs = wallMsAt(now);
    const { device, reasons } = reasonsOf(now);
    lead = device?.device ?? (lead || ([...devices][0]?.device ?? place));
    const thermal = device?.grid();
    onAlarm({
      episode: told.episode,
      state: told.state,
      device: lead,
      place,
      threat: told.verdict.threat,
      kind: told.verdict.kind,
      level: told.verdict.level,
      probability: told.verdict.probability,
      reasons,
      readings: [...devices].flatMap((one) => one.readings(now, wallMs)),
      mitigations: [...told.verdict.mitigations],
      ...(thermal ? { thermal } : {}),
      monotonicMs: now,
      wallMs,
    });
    if (told.state === "cleared") lead = "";
  }

  return {
    place,
    devices,
    see(score, what, monotonicMs) {
      vision.take(score, monotonicMs);
      seen = what;
      judge(monotonicMs);
    },
    judge,
    isIdle: (now) =>
      devices.size === 0 && !episode.open && !(now - vision.takenMs <= rules.staleSeconds.vision * 1_000),
    get open() {
      const now = episode.open;
      return now && { episode: now.episode, kind: now.verdict.kind, level: now.verdict.level };
    },
  };
}
