import type { say } from "../../day/say.ts";

const like = (type: string, zone: string | null) =>
  `Ereignisse wie dieses (${type}, ${zone === null ? "ohne Zone" : `Zone „${zone}“`})`;

const modes: Readonly<Record<string, string>> = {
  home: "zu Hause",
  away: "abwesend",
  night: "Nacht",
  vacation: "Urlaub",
  emergency: "Notfall",
};

export const day: typeof say = {
  calledFalse: (type, zone) => `Als Fehlalarm vermerkt. ${like(type, zone)} wiegen seither weniger.`,
  noted: (type, zone, count) =>
    `Vermerkt. ${like(type, zone)} wurden ${count === 1 ? "einmal" : `${count}-mal`} Fehlalarm genannt und wiegen von jetzt an weniger, bis zu einer Grenze; was ein Leben bedrohen kann, wiegt immer gleich.`,
  wrong: "Das war ein Fehlalarm",
  days: "Tage",
  dayBefore: "Tag davor",
  dayAfter: "Tag danach",
  anotherDay: "Anderer Tag",
  loadingDay: "Der Tag wird geladen",
  nothing: "Nichts ist geschehen",
  nothingToday: "Heute hat noch kein Gerät etwas gemeldet.",
  nothingThen: "An diesem Tag hat kein Gerät etwas gemeldet.",
  notAllLoaded: (why) => `${why} Nicht der ganze Tag konnte geladen werden.`,
  toTime: (time) => `bis ${time}`,
  events: "Ereignisse",
  firstEvents: (count) => `Das sind die ersten ${count} Ereignisse dieses Vorgangs.`,
  mode: (name) => `Modus: ${modes[name] ?? name}`,
  sessions: "Vorgänge des Tages",
};
