import type { say } from "../../settings/say.ts";
import { counted } from "../counted.ts";

const days = (count: number) => counted(count, "Tag", "Tage");
const written = (rows: number, files: number) =>
  `${counted(rows, "Zeile", "Zeilen")} und ${counted(files, "Datei", "Dateien")}`;

export const settings: typeof say = {
  pageTitle: "Einstellungen · Vigil",
  settings: "Einstellungen",
  language: "Sprache",
  languageWhat:
    "Die Sprache der Konsole und dessen, was sie Ihnen mitteilt. Ihre Wahl gilt in allen Ihren Konten.",
  languageHere: "Die Sprache der Konsole in diesem Browser.",
  whatWasDone: "Was getan wurde",
  clock: "Uhr und Ruhezeit",
  timeZone: "Zeitzone",
  timeThere: (time) =>
    `Dort ist es ${time} Uhr. Mit einer neuen Zeitzone verlängert sich der laufende Tag des Kontingents.`,
  letAlertsWait: "Meldungen in der Ruhezeit zurückhalten",
  morningSummary: "Eine Morgenübersicht sagt, was gewartet hat. Rauch, Gas, Feuer und Einbrüche warten nie.",
  from: "Von",
  until: "bis",
  consent: "Wonach in Bildern gesucht wird",
  consentWhat:
    "Nach Personen, Tieren und Fahrzeugen wird immer gesucht. Nach dem Folgenden nicht, an keinem Standort, solange ein Inhaber es nicht hier erlaubt. Wird es wieder ausgeschaltet, wird gelöscht, was gefunden wurde: aus Berichten, aus dem, womit man sie findet, und aus dem, was von ihnen mitgeteilt wurde, soweit es hier aufbewahrt ist. Was vorher per E-Mail oder Webhook hinausging, lässt sich nicht zurückholen. Bilder bleiben.",
  kinds: {
    faces: {
      name: "Gesichter",
      does: "Zählt die Gesichter, die deutlich genug zu sehen sind, damit ein Bericht sagen kann, welche Bilder jemanden zeigen. Niemand wird mit Namen erkannt.",
    },
    plates: {
      name: "Kennzeichen",
      does: "Liest die Kennzeichen von Fahrzeugen in den Bericht, wo nach ihnen gesucht werden kann.",
    },
    reidentification: {
      name: "Dieselbe Person wieder",
      does: "Vergleicht das Aussehen von Personen, damit ein Bericht sagen kann, dass zwei Kameras dieselbe Person gesehen haben. Für Bilder, die in großer Menge importiert werden, muss es an jedem Standort eingeschaltet sein: Dann werden ähnliche besser gefunden.",
    },
  },
  onSince: (when, by) => `Eingeschaltet seit ${when}; eingewilligt hat ${by}.`,
  offNobody: "Ausgeschaltet. Niemand hat eingewilligt.",
  offErasing: (when, by) =>
    `Ausgeschaltet seit ${when} (${by}). Was gespeichert war, wird gelöscht; das dauert einige Minuten.`,
  offErased: (off) =>
    `Ausgeschaltet seit ${off.when} (${off.by}). Gelöscht am ${off.erased}: ${counted(off.findings, "Fund", "Funde")} in ${counted(off.digests, "Bericht", "Berichten")}.`,
  receipt: "Die Quittung",
  erase: "Konto löschen",
  eraseWhat:
    "Alles wird gelöscht: Ereignisse, Bilder, Berichte, was über jede Kamera gelernt wurde, Mitglieder, Geräte und ihre Schlüssel. Was bezahlt wird, wird gekündigt. Niemand kann es zurückholen.",
  eraseWhen:
    "Die Löschung beginnt einen Tag nach Ihrem Antrag. Bis dahin kann jeder Inhaber sie abbrechen, und jeder Inhaber wird per E-Mail benachrichtigt. Am Ende erhalten Sie eine Quittung, die sagt, wie viel gelöscht wurde, und niemanden nennt.",
  eraseNeedsPerson:
    "Melden Sie sich dafür mit Ihrer Adresse an: Mit einem Token lässt sich das Konto nicht löschen.",
  typeName: (name) => `Geben Sie den Namen des Kontos ein: ${name}`,
  eraseNamed: (name) => `${name} löschen`,
  willBeErased: "Dieses Konto wird gelöscht",
  erasureBegins: (when) =>
    `Die Löschung beginnt am ${when}. Von da an kommt niemand mehr hinein, und nichts lässt sich zurückholen.`,
  callOff: "Abbrechen",
  keepLink: "Bewahren Sie diesen Link auf: Er zeigt die Quittung",
  ownerCallsOff: "Abbrechen kann das ein Inhaber des Kontos.",
  export: "Alles mitnehmen",
  exportWhat:
    "Alles, was das Konto hat, in einem Archiv: jede Zeile als JSON, jedes Bild und eine Liste mit Prüfsummen. Es wird im Hintergrund geschrieben und nach einem Tag gelöscht.",
  beingWritten: "Wird geschrieben…",
  exportAll: "Alles exportieren",
  askedFor: (when) => `Angefordert am ${when}`,
  notWritten: "Es konnte nicht geschrieben werden. Fordern Sie ein neues an.",
  hereUntil: (when) => `Verfügbar bis ${when}.`,
  download: "Herunterladen",
  downloadPart: (no) => `Teil ${no} herunterladen`,
  beginsSoon: "Es beginnt innerhalb einer Minute.",
  written: (rows, files) => `${written(rows, files)}.`,
  writtenSoFar: (rows, files) => `${written(rows, files)} bisher…`,
  bytes: "Byte",
  calledFalse: "Fehlalarme",
  calledFalseWhat:
    "Ereignisse, die denen gleichen, die Sie Fehlalarm genannt haben, wiegen weniger, bis zu einer Grenze. Was ein Leben bedrohen kann, wiegt immer gleich.",
  forgetAll: "Ja, alles vergessen",
  forget: "Fehlalarme vergessen",
  forgotten: "Vergessen: Jedes Ereignis wiegt wieder so viel wie von sich aus.",
  howLong: "Wie lange Bilder aufbewahrt werden",
  daysLabel: "Tage",
  thenErased: (daysMax) =>
    `Danach werden sie endgültig gelöscht. Was über sie gesagt wurde, bleibt. Ihr Tarif bewahrt sie bis zu ${daysMax} Tage auf.`,
  olderGo: (count) =>
    `Bilder, die älter als ${days(count)} sind, werden innerhalb von Minuten gelöscht, und nichts bringt sie zurück.`,
  heldUntil: (when, count) =>
    `Bis ${when} werden sie ${days(count)} aufbewahrt, wie in Ihrem bisherigen Tarif.`,
  trials: "Modelle auf Probe",
  trialsWhat:
    "Bevor ein anderes Modell an die Stelle des jetzigen tritt, vergleichen die Betreiber von Vigil beide. Mit Ihrer Einwilligung sieht es sich einzelne Bilder Ihrer Prüfungen ebenfalls an, und die Betreiber bekommen die gezeigt, bei denen sich beide widersprechen. In Ihren Berichten steht davon nichts. Wenn Sie es ausschalten, wird gelöscht, worüber noch niemand geurteilt hat.",
  takePart: "Meine Bilder dürfen dafür verwendet werden",
  keepFor: (count) => `${days(count)} aufbewahren`,
};
