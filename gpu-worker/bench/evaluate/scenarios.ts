/**
 * What a digest should say of which pictures, written after the weights of pictures stood; none was changed for them. Every second
 * scenario is frozen: it is reported, and nothing is tuned to it.
 */
import type { EventType, Mode } from "@vigil/core/event/wire";
import type { Level } from "@vigil/core/level";
import type { Paste, Picture } from "./pictures.ts";

export type Subject = "person" | "dog" | "vehicle" | "nobody";
export type Scenario = {
  name: string;
  frozen: boolean;
  picture: Picture;
  event: { type: EventType; zone: string; mode: Mode; hour: number };
  /** Any of these is right. */
  levels: readonly Level[];
  /** What the title is about. */
  subject: Subject;
  /** How many people are there. */
  people: number;
  /** The same without the danger: its level must not be higher. */
  ordinary: string | undefined;
};

type Hour = { mode: Mode; hour: number; words: string };
const hours: readonly Hour[] = [
  { mode: "home", hour: 15, words: "by day, somebody home" },
  { mode: "away", hour: 15, words: "by day, nobody home" },
  { mode: "night", hour: 2, words: "at night, all asleep" },
  { mode: "away", hour: 2, words: "at night, nobody home" },
];

type Told = Pick<Scenario, "subject" | "people"> & {
  what: string;
  background: Picture["background"];
  weather?: Picture["weather"];
  pastes?: readonly Paste[];
  type?: EventType;
  zone: string;
  /** In the order of `hours`. */
  levels: readonly [string, string, string, string];
  without?: string;
};

const man = (size: number, x: number, feet: number): Paste => ({ figure: "man", size, x, feet });
const dog = (size: number, x: number, feet: number): Paste => ({ figure: "dog", size, x, feet });

const empty = { subject: "nobody", people: 0 } as const;
const quiet = ["low", "low", "low", "low"] as const;
const inGarden = [
  "low standard",
  "standard elevated",
  "standard elevated critical",
  "elevated critical",
] as const;
const inRoom = ["low", "elevated critical", "low standard", "elevated critical"] as const;

const told: readonly Told[] = [
  { what: "an empty garden", background: "empty-garden", zone: "backyard", ...empty, levels: quiet },
  {
    what: "an empty garden in the rain",
    background: "empty-garden",
    weather: "rain",
    zone: "backyard",
    ...empty,
    levels: quiet,
  },
  {
    what: "an empty living room",
    background: "living-room",
    zone: "living_room",
    ...empty,
    levels: ["low", "low standard", "low", "low standard"],
  },
  { what: "an empty square", background: "town-square", zone: "street", ...empty, levels: quiet },
  ...([0.75, 0.5, 0.32] as const).flatMap((size): Told[] => [
    {
      what: `somebody in the garden, ${size * 100} % of the picture high`,
      background: "empty-garden",
      pastes: [man(size, 0.5, 0.95)],
      zone: "backyard",
      subject: "person",
      people: 1,
      levels: inGarden,
      without: "an empty garden",
    },
    {
      what: `somebody in the living room, ${size * 100} % of the picture high`,
      background: "living-room",
      pastes: [man(size, 0.6, 0.97)],
      zone: "living_room",
      subject: "person",
      people: 1,
      levels: inRoom,
      without: "an empty living room",
    },
  ]),
  {
    what: "two people in the garden",
    background: "empty-garden",
    pastes: [man(0.6, 0.3, 0.95), man(0.5, 0.7, 0.9)],
    zone: "backyard",
    subject: "person",
    people: 2,
    levels: inGarden,
    without: "an empty garden",
  },
  {
    what: "three people in the garden, the night dark",
    background: "empty-garden",
    weather: "night",
    pastes: [man(0.7, 0.2, 0.97), man(0.6, 0.5, 0.95), man(0.65, 0.8, 0.96)],
    zone: "backyard",
    subject: "person",
    people: 3,
    levels: ["low standard", "standard elevated critical", "elevated critical standard", "elevated critical"],
    without: "an empty garden",
  },
  {
    what: "somebody in the garden in the rain",
    background: "empty-garden",
    weather: "rain",
    pastes: [man(0.6, 0.5, 0.95)],
    zone: "backyard",
    subject: "person",
    people: 1,
    levels: inGarden,
    without: "an empty garden in the rain",
  },
  {
    what: "somebody in the living room, the light off",
    background: "living-room",
    weather: "night",
    pastes: [man(0.7, 0.6, 0.98)],
    zone: "living_room",
    subject: "person",
    people: 1,
    levels: inRoom,
    without: "an empty living room",
  },
  {
    what: "somebody in the square",
    background: "town-square",
    pastes: [man(0.4, 0.4, 0.95)],
    zone: "street",
    subject: "person",
    people: 1,
    levels: quiet,
    without: "an empty square",
  },
  {
    what: "a man in the drive",
    background: "man-in-lane",
    zone: "driveway",
    subject: "person",
    people: 1,
    levels: ["low standard", "standard elevated", "standard elevated", "standard elevated"],
  },
  {
    what: "a man in the lane",
    background: "man-in-lane",
    zone: "lane",
    subject: "person",
    people: 1,
    levels: quiet,
  },
  {
    what: "a pickup in the drive",
    background: "truck-in-lane",
    type: "vehicle",
    zone: "driveway",
    subject: "vehicle",
    people: 0,
    levels: ["low", "low standard", "low standard", "standard"],
  },
  {
    what: "a dog on the lawn",
    background: "dog-on-lawn",
    type: "animal",
    zone: "front_garden",
    subject: "dog",
    people: 0,
    levels: quiet,
  },
  {
    what: "a dog in the garden, where something moved",
    background: "empty-garden",
    pastes: [dog(0.5, 0.5, 0.97)],
    zone: "backyard",
    subject: "dog",
    people: 0,
    levels: quiet,
  },
  {
    what: "the dog in the living room",
    background: "living-room",
    pastes: [dog(0.45, 0.6, 0.98)],
    zone: "living_room",
    subject: "dog",
    people: 0,
    levels: quiet,
  },
  {
    what: "somebody with a dog in the garden",
    background: "empty-garden",
    pastes: [man(0.6, 0.35, 0.95), dog(0.4, 0.7, 0.97)],
    zone: "backyard",
    subject: "person",
    people: 1,
    levels: inGarden,
    without: "an empty garden",
  },
  {
    what: "a dog among people, reported as an animal",
    background: "empty-garden",
    pastes: [man(0.6, 0.3, 0.95), dog(0.45, 0.7, 0.97)],
    type: "animal",
    zone: "porch",
    subject: "dog",
    people: 1,
    levels: ["low standard", "standard elevated", "standard elevated", "standard elevated critical"],
  },
  {
    what: "four people at the front door",
    background: "four-faces",
    type: "person",
    zone: "front_door",
    subject: "person",
    people: 4,
    levels: ["low standard", "standard elevated", "standard elevated critical", "elevated critical"],
  },
  {
    what: "a street at night with a taxi and passers-by",
    background: "night-street",
    zone: "street",
    subject: "person",
    people: 3,
    levels: quiet,
  },
  {
    what: "a car park with people among the cars",
    background: "car-park",
    zone: "street",
    subject: "person",
    people: 2,
    levels: quiet,
  },
];

export const scenarios: readonly Scenario[] = told.flatMap((one, row) =>
  hours.map(
    ({ mode, hour, words }, column): Scenario => ({
      name: `${one.what}, ${words}`,
      frozen: (row + column) % 2 === 1,
      picture: { background: one.background, weather: one.weather ?? "day", pastes: one.pastes ?? [] },
      event: { type: one.type ?? "motion", zone: one.zone, mode, hour },
      levels: (one.levels[column] ?? "").split(" ") as Level[],
      subject: one.subject,
      people: one.people,
      ordinary: one.without === undefined ? undefined : `${one.without}, ${words}`,
    }),
  ),
);
