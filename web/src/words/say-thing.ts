/** What things, places and events are called. */
import { many, one } from "@vigil/core/digest/things";
import { counted } from "./counted.ts";
import { spoken } from "./spoken.ts";

export const say = spoken("thing", {
  one: (label: string): string => one(label),
  count: (label: string, count: number): string => counted(count, one(label), many(label)),
  /** `front_door` becomes `front door`. */
  zone: (name: string): string => name.replaceAll(/[_-]+/g, " "),
  eventType: (type: string): string => type.replaceAll("_", " "),
  colour: (name: string): string => name,
  /** A thing with the colour before it. */
  coloured: (colour: string, label: string): string => `${colour} ${one(label)}`,
});
