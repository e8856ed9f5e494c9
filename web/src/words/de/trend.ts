import type { say } from "../../trend/say.ts";
import { counted, number } from "../counted.ts";

export const trend: typeof say = {
  pageTitle: "Verlauf · Vigil",
  trends: "Verlauf",
  howFarBack: "Wie weit zurück",
  days: (count) => `${count} Tage`,
  loadingFigures: "Die Zahlen werden geladen",
  byDay: "Vorgänge nach Tag und Stufe",
  byHour: "Ereignisse nach Stunde und Zone",
  noEvent: "Kein Ereignis in dieser Zeit.",
  byClock: (timeZone, from, until) =>
    `Nach der Uhr des Kontos, ${timeZone}, von ${from} bis ${until}, heute eingeschlossen, soweit es schon vergangen ist.`,
  levels: "Stufen",
  noSession: "kein Vorgang",
  eventsByHour: "Ereignisse nach Stunden",
  caption: (most) => `Ereignisse nach Zone und Stunde; die meisten in einer Stunde: ${most}`,
  zone: "Zone",
  noZone: "Ohne Zone",
  events: "Ereignisse",
  hour: (from, count) => `${from} bis ${from + 1} Uhr: ${count}`,
  zonesLeftOut: (count) =>
    count === 1
      ? "Eine weitere Zone mit weniger Ereignissen ist nicht aufgeführt."
      : `${count} weitere Zonen mit weniger Ereignissen sind nicht aufgeführt.`,
  digestsOfThem: (count) => `dazu ${counted(count, "Bericht", "Berichte")}`,
  serious: "Ernst",
  seriousWhat: "Vorgänge der Stufen Erhöht und Kritisch",
  deepReviews: "Genaue Prüfungen",
  asked: (byMembers, failed) =>
    `${number(byMembers)} von Mitgliedern angefordert, ${number(failed)} fehlgeschlagen`,
  calledFalse: "Fehlalarme",
  weighLess: "ähnliche Ereignisse wiegen seither weniger",
  lookedWithin: "Angesehen nach",
  noSerious: "kein ernster Bericht",
  opened: (opened, of) =>
    `im Median; ${number(opened)} von ${counted(of, "ernstem Bericht", "ernsten Berichten")} geöffnet`,
};
