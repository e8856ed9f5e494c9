/** What happens in a run, drawn from its seed: who reports and asks what, and what goes wrong when. */
import type { EventType } from "@vigil/core/event/wire";
import type { Weather } from "./outside.ts";
import type { World } from "./world.ts";

export const processNames = [
  "api",
  "sessions",
  "deliveries",
  "dead letters",
  "sweep",
  "worker",
  "gateway",
] as const;
export type ProcessName = (typeof processNames)[number];

export type Deed =
  | {
      kind: "event";
      account: number;
      afterMs: number;
      type: EventType;
      zone: string;
      pictures: number;
      isTwice: boolean;
    }
  | { kind: "heard"; afterMs: number; isUrgent: boolean; pictures: number }
  | { kind: "ask"; account: number; afterMs: number }
  | { kind: "pry"; account: number; afterMs: number };

export type Fault =
  | { kind: "kill"; process: ProcessName; atStep: number }
  | { kind: "restart"; atStep: number }
  | { kind: "fail"; code: string; atStep: number }
  | { kind: "skew"; process: ProcessName; ms: number; atStep: number }
  | { kind: "weather"; weather: Weather }
  | { kind: "lies" };

export type Plan = { deeds: Deed[]; faults: Fault[] };

/** Serialisation, deadlock, cancelled, lock not available: whatever a busy server says. */
const codes = ["40001", "40P01", "57014", "55P03"] as const;
const types = ["person", "motion", "vehicle", "doorbell", "smoke", "glass_break"] as const;
const zones = ["front_door", "driveway", "kitchen"] as const;
const stepsOfRun = 1_200;

export function drawPlan(world: World): Plan {
  const chance = world.chance("plan");
  const afterMs = () => chance.below(90_000);
  const account = () => (chance.happens(0.15) ? 0 : 1 + chance.below(2));
  const deeds: Deed[] = [
    ...Array.from(
      { length: 2 + chance.below(4) },
      (): Deed => ({
        kind: "event",
        account: account(),
        afterMs: afterMs(),
        type: chance.pick(types),
        zone: chance.pick(zones),
        pictures: chance.happens(0.2) ? 0 : 1 + chance.below(2),
        isTwice: chance.happens(0.3),
      }),
    ),
    ...Array.from(
      { length: chance.below(3) },
      (): Deed => ({
        kind: "heard",
        afterMs: afterMs(),
        isUrgent: chance.happens(0.3),
        pictures: chance.below(2),
      }),
    ),
    ...Array.from(
      { length: chance.below(3) },
      (): Deed => ({
        kind: "ask",
        account: 1 + chance.below(2),
        afterMs: 20_000 + afterMs(),
      }),
    ),
    { kind: "pry", account: chance.below(3), afterMs: 20_000 + afterMs() },
  ];
  const atStep = () => 20 + chance.below(stepsOfRun);
  const process = () => chance.pick(processNames);
  const faults: Fault[] = [
    ...Array.from(
      { length: chance.below(4) },
      (): Fault => ({ kind: "kill", process: process(), atStep: atStep() }),
    ),
    ...Array.from({ length: chance.below(2) }, (): Fault => ({ kind: "restart", atStep: atStep() })),
    ...Array.from(
      { length: chance.below(4) },
      (): Fault => ({
        kind: "fail",
        code: chance.pick(codes),
        atStep: atStep(),
      }),
    ),
    ...Array.from(
      { length: chance.below(2) },
      (): Fault => ({
        kind: "skew",
        process: process(),
        ms: chance.below(20_000) - 10_000,
        atStep: atStep(),
      }),
    ),
    ...(chance.happens(0.8)
      ? [
          {
            kind: "weather" as const,
            weather: {
              lost: chance.unit() * (chance.happens(0.3) ? 0.5 : 0.1),
              twice: chance.unit() * 0.2,
              failing: chance.unit() * 0.15,
              slow: chance.unit() * 0.5,
            },
          },
        ]
      : []),
    ...(chance.happens(0.6) ? [{ kind: "lies" as const }] : []),
  ];
  return { deeds, faults };
}

export function describeDeed(deed: Deed | Fault): string {
  const { kind, ...rest } = deed;
  return `${kind} ${JSON.stringify(rest)}`;
}
