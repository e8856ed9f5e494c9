/** What digests say, in German. */
import type { Colour } from "../colour.ts";
import type { EventType } from "../event/wire.ts";
import { placeDe } from "./places-de.ts";
import type { Called, Since, Telling } from "./telling-en.ts";
import { definitely, number, some } from "./things-de.ts";

const alarms: Readonly<Partial<Record<EventType, string>>> = {
  smoke: "Rauch",
  carbon_monoxide: "Kohlenmonoxid",
  gas: "Gas",
  flame: "Eine Flamme",
  glass_break: "Glasbruch",
  forced_entry: "Ein gewaltsames Eindringen",
  temperature: "Eine ungewöhnliche Temperatur",
};

/** As they stand between article and noun: in the nominative they are the same for every gender. */
const colours: Readonly<Record<Colour, string>> = {
  white: "weiße",
  grey: "graue",
  black: "schwarze",
  red: "rote",
  orange: "orangefarbene",
  yellow: "gelbe",
  green: "grüne",
  blue: "blaue",
  brown: "braune",
};

const list = (parts: readonly string[]) =>
  new Intl.ListFormat("de", { type: "conjunction" }).format([...parts]);
const at = (where: string) => (where === "" ? "" : ` ${where}`);
const pictures = (count: number) => (count === 1 ? "ein Bild" : `${number(count)} Bilder`);
/** In the dative, after "auf". */
const onPictures = (count: number) => (count === 1 ? "einem Bild" : `${number(count)} Bildern`);
const be = (count: number) => (count === 1 ? "ist" : "sind");
const become = (count: number) => (count === 1 ? "wurde" : "wurden");
const direction = { left: "links", right: "rechts" } as const;

function called({ name, label, colour }: Called, since: Since | undefined, before = ""): string {
  if (name !== null) {
    return `„${name}“${since === undefined ? "" : ` (${arrived(since)} um ${since.minute} Uhr)`}`;
  }
  const { what, which } = definitely(label, colour === null ? null : colours[colour]);
  if (since === undefined) return `${what}${before === "" ? "" : `, ${which} ${before},`}`;
  const came = since.arrival === "arrived" ? "ankam" : "zuerst gesehen wurde";
  return `${what}, ${which} um ${since.minute} Uhr ${came},`;
}

function arrived({ arrival }: Since): string {
  return arrival === "arrived" ? "angekommen" : "zuerst gesehen";
}

const city = (timeZone: string) => (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");

const sentences = {
  list,
  some,
  exactly: some,
  unsure: (what: string) => `möglicherweise ${what}`,
  inTheDistance: (what: string) => `${what} in der Ferne`,
  possibly: (what: string, count: number) => `${what} (möglicherweise ${number(count)})`,
  place: placeDe,
  alarm: (type: EventType) => alarms[type] ?? "Ein Alarm",
  alarmed: (type: EventType, where: string) => `${alarms[type] ?? "Ein Alarm"} wurde${at(where)} gemeldet.`,
  at: (time: string) => `um ${time} Uhr`,
  between: (from: string, to: string) => `zwischen ${from} und ${to} Uhr`,
  inZone: (timeZone: string) =>
    ["UTC", "GMT"].includes(city(timeZone)) ? ` (${city(timeZone)})` : ` (Ortszeit ${city(timeZone)})`,
  seen: (told: Parameters<Telling["seen"]>[0]) =>
    `${told.what} ${told.plural ? "wurden" : "wurde"}${at(told.where)} ${told.when}${told.zone} gesehen.`,
  samePerson: "dieselbe Person",
  somebody: "jemand",
  present: (who: string, { of, all, where }: { of: number; all: number; where: string }) => {
    const both = all === 2 ? "beiden Bildern" : `allen ${onPictures(all)}`;
    return `${who} ist${at(where)} auf ${of < all ? `${number(of)} von ${onPictures(all)}` : both} zu sehen.`;
  },
  different: (count: number) => `dem Aussehen nach sind es ${number(count)} verschiedene Personen.`,
  also: (what: string, where: string) => `außerdem${at(where)} gesehen: ${what}.`,
  // "Außer" would ask for the dative of everything that follows.
  nothing: (told: { isNew: boolean; but: string; where: string; count: number }) => {
    const many = told.count === 1 ? "" : ` auf ${onPictures(told.count)}`;
    if (told.but !== "") {
      return `${told.isNew ? "neu zu sehen" : "zu sehen"} war${at(told.where)}${many} nur: ${told.but}.`;
    }
    return `${told.isNew ? "nichts Neues" : "nichts"} wurde${at(told.where)}${many} gesehen.`;
  },
  reported: (type: EventType, where: string, count: number) =>
    `die Kamera meldete${at(where)} ${some(type, 1)}, was ${count === 1 ? "das Bild nicht ausschließt" : "die Bilder nicht ausschließen"}.`,
  faces: (count: number) =>
    `${count === 1 ? "ein Gesicht ist" : `${number(count)} Gesichter sind`} deutlich genug zu sehen.`,
  plate: (text: string) => `das Kennzeichen ${text} wurde gelesen.`,
  awaited: (count: number, where: string) =>
    `${pictures(count)}${at(where)} ${become(count)} angekündigt und ${be(count)} noch nicht angekommen.`,
};

const shortcomings: Telling["shortcomings"] = {
  duplicate: (count) =>
    count === 1
      ? "ein Bild unterscheidet sich kaum vom vorherigen."
      : `${pictures(count)} unterscheiden sich kaum vom jeweils vorherigen.`,
  dark: (count) => `${pictures(count)} ${be(count)} zu dunkel, um jemanden zu erkennen.`,
  blank: (count) =>
    `${pictures(count)} ${count === 1 ? "zeigt" : "zeigen"} eine einzige Farbe und sonst nichts: Ist das Objektiv verdeckt oder die Kamera defekt?`,
  frozen: (count) =>
    `${pictures(count)} ${be(count)} Punkt für Punkt ${count === 1 ? "das" : "die"}, ${count === 1 ? "das" : "die"} die Kamera seit Stunden zeigt: Sie steht still, und was geschah, ist nicht zu sehen.`,
  blurred: (count) =>
    `${pictures(count)} ${be(count)} unscharf: Ist das Objektiv verschmutzt, verdeckt oder nicht scharf gestellt? Vielleicht ist nicht jeder zu erkennen.`,
  overexposed: (count) =>
    `${pictures(count)} ${be(count)} zum größten Teil so hell, wie es nur geht. Vielleicht ist nicht jeder zu erkennen.`,
  damaged: (count) =>
    `${pictures(count)} ${be(count)} abgeschnitten oder beschädigt und ${become(count)} angesehen, so weit ${count === 1 ? "es reicht" : "sie reichen"}.`,
  unreadable: (count) => `${pictures(count)} ${count === 1 ? "konnte" : "konnten"} nicht gelesen werden.`,
  missing: (count) => `${pictures(count)} ${be(count)} nie angekommen.`,
  deferred: (count) => `${pictures(count)} ${count === 1 ? "muss" : "müssen"} noch angesehen werden.`,
};

const standing: Telling["standing"] = {
  stillThere: (what, since, where) => `${called(what, since)} ist noch${at(where) || " da"}.`,
  thereBefore: (what, count, where) => `${what} ${count > 1 ? "waren" : "war"}${at(where)} schon vorher da.`,
  gone: (what, since, where) =>
    `${called(what, since, "vorher dort stand")} ist nicht mehr${at(where) || " da"}.`,
  manyGone: (count, where) =>
    `${number(count)} Dinge, die dort standen, sind nicht mehr${at(where) || " da"}.`,
};

const ways: Telling["ways"] = {
  cameFrom: (side, time) => `kam um ${time} Uhr von ${direction[side]}`,
  wasInView: (seconds) => `war ${number(seconds)} Sekunden lang im Bild`,
  leftTo: (side, time) => `verschwand um ${time} Uhr nach ${direction[side]}`,
  way: (label, where, parts) => `${some(label, 1)}${at(where)} ${list(parts)}.`,
  onePersonAt: (where) => `dem Aussehen nach ist es eine einzige Person, die ${where} war.`,
  peopleAt: (count, roaming) =>
    `dem Aussehen nach sind es ${number(count)} Personen, ${list(roaming.map((where) => `eine davon ${where}`))}.`,
  maybeSame: (from, to, seconds) =>
    `wer ${seconds === 1 ? "eine Sekunde" : `${number(seconds)} Sekunden`} später ${to} war, kann die Person ${from} sein: Die Bilder allein verraten es nicht.`,
};

const timeline: Telling["timeline"] = {
  nothing: "nichts",
  nothingNew: "nichts Neues",
  pictures: (count, where) => `${pictures(count)}${at(where)}`,
  frozen: () => "seit Stunden unverändert",
  damaged: () => "abgeschnitten oder beschädigt",
  dark: () => "zu dunkel, um jemanden zu erkennen",
  blank: () => "von einer einzigen Farbe",
  blurred: () => "zu unscharf, um jemanden zu erkennen",
  bright: () => "zu hell, um jemanden zu erkennen",
  unreadable: (count) => `${count === 1 ? "konnte" : "konnten"} nicht gelesen werden`,
  missing: (count) => `${be(count)} nie angekommen`,
  deferred: (count) => `${count === 1 ? "muss" : "müssen"} noch angesehen werden`,
};

const title: Telling["title"] = {
  site: (name) => `bei „${name}“`,
  there: "dort",
  elsewhere: (count) => (count === 1 ? "anderswo" : `an ${number(count)} weiteren Orten`),
  more: "mehr",
  peopleAndMore: "Personen und mehr",
  andMore: " und mehr",
  gone: (things, where) => {
    const [first] = things;
    if (!first || things.length > 1) return `${number(things.length)} Dinge sind nicht mehr ${where}`;
    return `${called({ ...first, colour: null }, undefined)} ist nicht mehr ${where}`;
  },
  nothingNew: (where) => `nichts Neues ${where}`,
  nobody: (where) => `niemand zu sehen ${where}`,
  reported: (type, where) => `${some(type, 1)} ${where} gemeldet, nicht zu erkennen`,
  nothing: (where) => `nichts zu sehen ${where}`,
  nothingMadeOut: (where) => `nichts zu erkennen ${where}`,
  deferred: (where) => `Bilder ${where} noch anzusehen`,
  noneLookedAt: (where) => `kein Bild ${where} konnte angesehen werden`,
};

export const tellingDe: Telling = { ...sentences, shortcomings, standing, ways, timeline, title };
