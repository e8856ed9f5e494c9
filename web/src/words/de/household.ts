import type { say } from "../../household/say.ts";
import { counted } from "../counted.ts";
import { mark } from "../mark.ts";

const queue = (isPriority: boolean) => (isPriority ? "bevorzugten Warteschlange" : "Warteschlange");

export const household: typeof say = {
  household: "Haushalt",
  devices: "Geräte",
  noDevice: "Noch kein Gerät. Das, worauf Sie dies lesen, kann das erste sein.",
  before: "Was davor steht",
  noticed: (trouble, when) => `${trouble}; bemerkt ${when}`,
  browserAsCamera: "Dieser Browser als Kamera",
  letIn: "Gerät zulassen",
  keys: "Schlüssel",
  faults: {
    blind: "Die Bilder zeigen nur eine Farbe: Ist das Objektiv verdeckt?",
    blurred: "Die Bilder sind unscharf: Ist das Objektiv verschmutzt, verdeckt oder nicht scharf gestellt?",
    overexposed: "Die Bilder sind größtenteils so hell, wie es nur geht: Scheint ein Licht hinein?",
    frozen: "Seit Stunden dasselbe Bild",
  },
  silent: "Keine Meldung mehr: Von diesem Gerät ist nichts zu hören",
  sensorSilent: (sensor) => `Von Sensor ${sensor} ist nichts zu hören`,
  noKey: "kein gültiger Schlüssel",
  notHeard: "noch nichts gehört",
  heard: (when) => `zuletzt gehört ${when}`,
  waiting: (isPriority) => `Wartet in der ${queue(isPriority)}.`,
  nextUp: (isPriority) => `Als Nächstes in der ${queue(isPriority)} an der Reihe.`,
  waitingBehind: (isPriority, ahead) =>
    `Wartet in der ${queue(isPriority)} hinter ${counted(ahead, "Prüfung", "Prüfungen")}.`,
  running: "Wird gerade angesehen.",
  done: "Fertig.",
  failed: (why) =>
    `Die Prüfung ist fehlgeschlagen${why === undefined ? "" : `: ${why}`}. Sie zählt nicht zum Kontingent.`,
  cancelled: "Die Prüfung wurde abgebrochen.",
  asking: "Wird angefordert…",
  closeAndLook: "Abschließen und genauer ansehen",
  look: "Genauer ansehen",
  underWay: "Im Gange",
  allQuiet: "Alles ruhig: Es geschieht nichts.",
  assessedOnly: "Nur eingeschätzt",
  deepReviews: "Genaue Prüfungen",
  plan: "Tarif",
  ledger: "Bilanz: was aus allem wurde",
  checks: "Einen Text oder ein Bild prüfen",
  liteOnly: "Lite schätzt jedes Ereignis ein. Genaue Prüfungen gibt es mit Guardian und Pro.",
  priorityReady: (ready, of) => `${mark(ready)} von ${of} bevorzugten Prüfungen bereit`,
  neverRefused: (used) =>
    `Heute ${used} gemacht. Nie abgelehnt: Ist keine bereit, wartet eine Prüfung in der normalen Warteschlange.`,
  givenBack: (count) => `${count} zurückgegeben.`,
  doneToday: (used) => `Heute ${used} gemacht.`,
  leftToday: (left, of) => `${mark(left)} von ${of} heute übrig`,
  reviewsLeftToday: (left, of) => `${left} von ${of} genauen Prüfungen heute übrig`,
  used: (count) => `${count} verbraucht.`,
  usedUntil: (count, when) => `${count} verbraucht, neue ${when}.`,
};
