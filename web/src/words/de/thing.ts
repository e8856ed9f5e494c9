import { placeNameDe } from "@vigil/core/digest/places-de";
import { describedDe, nounOf } from "@vigil/core/digest/things-de";
import { counted } from "../counted.ts";
import type { say } from "../say-thing.ts";

const eventTypes: Readonly<Record<string, string>> = {
  motion: "Bewegung",
  person: "Person",
  vehicle: "Fahrzeug",
  animal: "Tier",
  package: "Paket",
  doorbell: "Türklingel",
  door: "Tür",
  window: "Fenster",
  glass_break: "Glasbruch",
  forced_entry: "gewaltsames Eindringen",
  smoke: "Rauch",
  carbon_monoxide: "Kohlenmonoxid",
  gas: "Gas",
  temperature: "Temperatur",
  flame: "Flamme",
  tamper: "Sabotage",
  audio: "Geräusch",
  custom: "eigene Meldung",
};

const colours: Readonly<Record<string, string>> = {
  white: "weiß",
  grey: "grau",
  black: "schwarz",
  red: "rot",
  orange: "orangefarben",
  yellow: "gelb",
  green: "grün",
  blue: "blau",
  brown: "braun",
};

export const thing: typeof say = {
  one: (label) => nounOf(label)[1],
  count: (label, count) => {
    const [, one, many] = nounOf(label);
    return counted(count, one, many);
  },
  zone: placeNameDe,
  eventType: (type) => eventTypes[type] ?? type.replaceAll("_", " "),
  colour: (name) => colours[name] ?? name,
  coloured: (colour, label) => describedDe(label, colours[colour] ?? colour),
};
