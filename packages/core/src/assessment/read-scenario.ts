/** Reads the scenario table, and judges a scenario of it. */
import { EventType, Mode } from "../event/wire.ts";
import { Level } from "../level.ts";
import type { Seen } from "../seen.ts";
import { assess, assessSession, type Dismissal, type Observation } from "./index.ts";
import { weights as standardWeights, type Weights } from "./weights.ts";
import type { Assessment } from "./wire.ts";

export type Scenario = {
  heading: string;
  name: string;
  /** What the explainer should say. */
  level: Level;
  /** What would be as right. */
  or: readonly Level[];
  observations: readonly Observation[];
  /** Judge the last event as it comes in, not the whole session. */
  live: boolean;
  zoneEventsPerDay: number | null;
  dismissals: readonly Dismissal[];
};

/** A winter's day, on which London's clocks show UTC. */
const day = "2026-02-03";

const headline =
  /^(?<level>\S+) +(?<mode>home|away|night|vacation|emergency|-) +(?<name>.+?)(?: \[(?<flags>.+)\])?$/;

/** The scenarios of a table (see `scenarios.ts` for how it is written). Throws on a line that it cannot read. */
export function readScenarios(table: string): Scenario[] {
  const blocks: { heading: string; head: string; events: string }[] = [];
  let heading = "";
  for (const line of table.split("\n")) {
    if (line.startsWith(" ")) {
      const block = blocks.at(-1);
      if (!block) throw new Error(`expected a scenario before its events, got "${line}"`);
      block.events += line;
    } else if (headline.test(line)) {
      blocks.push({ heading, head: line, events: "" });
    } else if (line !== "") heading = line;
  }
  return blocks.map(readScenario);
}

function readScenario({
  heading,
  head,
  events,
}: {
  heading: string;
  head: string;
  events: string;
}): Scenario {
  const { level, mode, name = "", flags = "" } = headline.exec(head)?.groups ?? {};
  const options = flags.split(" ").map((flag) => flag.split("=", 2));
  const perDay = options.find(([key]) => key === "perDay")?.[1];
  return {
    heading,
    name,
    level: Level.parse(level),
    or: (options.find(([key]) => key === "or")?.[1]?.split(",") ?? []).map((one) => Level.parse(one)),
    observations: events.split(";").map((event, index) => readEvent(event.trim(), index, modeOf(mode))),
    live: options.some(([key]) => key === "live"),
    zoneEventsPerDay: perDay === undefined ? null : Number(perDay),
    dismissals: options.filter(([key]) => key === "dismissed").map(([, value = ""]) => readDismissal(value)),
  };
}

function modeOf(text: string | undefined): Mode | null {
  return text === "-" ? null : Mode.parse(text);
}

function readDismissal(text: string): Dismissal {
  const [type, zone = "-", count] = text.split(":");
  return { type: EventType.parse(type), zone: zoneOf(zone), count: Number(count) };
}

function zoneOf(text: string): string | null {
  return text === "-" ? null : text;
}

/** `12:00:08 person front_door 0.9 known=true`; a device is named after its type and zone. */
function readEvent(line: string, index: number, mode: Mode | null): Observation {
  const [time, type, zone = "-", ...rest] = line.split(/ +/);
  const confidence = rest.find((part) => !part.includes("="));
  const pairs = rest.filter((part) => part.includes("=")).map((part) => part.split("=", 2));
  const {
    mode: ownMode,
    sees,
    ...attributes
  } = Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, valueOf(value)]));
  return {
    eventId: `event-${String(index).padStart(2, "0")}`,
    deviceId: `${type}-${zone}`,
    type: EventType.parse(type),
    occurredAt: new Date(`${day}T${time}Z`),
    zone: zoneOf(zone),
    confidence: confidence === undefined ? null : Number(confidence),
    mode: ownMode === undefined ? mode : Mode.parse(ownMode),
    attributes,
    ...(typeof sees === "string" ? { seen: readSeen(sees) } : {}),
  };
}

/**
 * `sees=person*3+dog`, `sees=nothing`, `sees=person:0.4` (perhaps somebody), `sees=unusable`; `near` when somebody comes
 * nearer, a number of seconds (`90s`) that they stay, and what they hold.
 */
function readSeen(text: string): Seen {
  const parts = text.split("+");
  const persons = parts.flatMap((part) => /^person(?::(0\.\d+))?(?:\*(\d+))?$/.exec(part) ?? []).length > 0;
  const [, confidence = "0.9", count = "1"] =
    parts.map((part) => /^person(?::(0\.\d+))?(?:\*(\d+))?$/.exec(part)).find((match) => match !== null) ??
    [];
  const sure = persons && Number(confidence) >= 0.5;
  const momentIds = text === "unusable" ? [] : ["picture"];
  const beasts = parts.filter((part) => ["dog", "cat", "bear"].includes(part));
  const held = parts.find((part) => part === "knife");
  const seconds = parts.find((part) => /^\d+s$/.test(part));
  return {
    momentIds,
    whole: text !== "unusable",
    perhapsPeople: persons,
    people: sure
      ? {
          count: Number(count),
          confidence: Number(confidence),
          momentIds,
          seconds: Number.parseInt(seconds ?? "0", 10),
          approaching: parts.includes("near"),
          carrying: held ?? null,
        }
      : null,
    animals: beasts.length > 0 ? { tame: !beasts.includes("bear"), momentIds } : null,
    vehicles: parts.some((part) => ["car", "truck"].includes(part)) ? { momentIds } : null,
  };
}

function valueOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** Whether it is judged as it should be. */
export function isRight(scenario: Scenario, { level }: Pick<Assessment, "level">): boolean {
  return level === scenario.level || scenario.or.includes(level);
}

export function judgeScenario(scenario: Scenario, weights: Weights = standardWeights): Assessment {
  const { observations, live, zoneEventsPerDay, dismissals } = scenario;
  const circumstances = { timeZone: "Europe/London", history: { zoneEventsPerDay }, dismissals };
  const last = observations.at(-1);
  if (!live || !last) return assessSession(observations, circumstances, weights);
  return assess(last, { ...circumstances, recent: observations.slice(0, -1) }, weights);
}
