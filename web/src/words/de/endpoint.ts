import type { say } from "../../endpoint/say.ts";
import { oneOrMany } from "../counted.ts";

const tries = (count: number) => `${count} ${oneOrMany(count, "Versuch", "Versuche")}`;
/** In the dative, after "nach". */
const triesDative = (count: number) => `${count} ${oneOrMany(count, "Versuch", "Versuchen")}`;

export const endpoint: typeof say = {
  pageTitle: "Vigil · Mitteilungen",
  tellMe: "Mitteilungen",
  what: "Wohin Vigil Ihnen mitteilt, was es gesehen hat. Gefahr für Leib und Leben wird sofort gemeldet, zu jeder Stunde; alles andere achtet Ihre Ruhezeit.",
  whatWasTold: "Was mitgeteilt wurde",
  nobodyYet: "Noch wird niemand benachrichtigt: Fügen Sie unten den ersten Empfänger hinzu.",
  kinds: {
    digest: "Berichte",
    addendum: "Nachträge zu Berichten",
    assessment: "Rauch, Gas, Feuer, Einbruch: sofort",
    summary: "Morgenübersicht",
    device: "Störungen von Geräten",
    usage: "Kontingent aufgebraucht",
  },
  types: {
    push: "Dieser Browser",
    email: "Eine E-Mail-Adresse",
    webhook: "Ein Webhook",
  },
  waitsForConfirmation: "wartet auf Bestätigung",
  off: "aus",
  on: "ein",
  failing: "ein, aber gestört",
  noAnswer: "keine Antwort",
  delivered: "zugestellt",
  deliveredAfter: (attempts) => `zugestellt nach ${triesDative(attempts)}`,
  onItsWay: "unterwegs",
  triedAgain: (attempts, reason) => `bisher ${tries(attempts)}: ${reason}; wird erneut versucht`,
  failed: (reason) => `fehlgeschlagen: ${reason}`,
  notSent: (reason) => `nicht gesendet: ${reason}`,
  nobodyTold: "niemand wird mehr benachrichtigt",
  add: "Empfänger hinzufügen",
  fromLevel: "Ab welcher Stufe",
  addNow: "Hinzufügen",
  whatIsIt: "Was ist es?",
  browserToo: "Benachrichtigungen dieses Browsers, auch wenn die Konsole geschlossen ist.",
  email: "E-Mail-Adresse",
  url: "URL, https",
  exampleEmail: "sie@example.com",
  exampleUrl: "https://example.com/hook",
  whatShallBeTold: "Was soll mitgeteilt werden?",
  wants: (level, kinds) => `ab Stufe ${level} · ${kinds}`,
  switchedOff: (reason) => `Ausgeschaltet: ${reason}.`,
  followLink: "Folgen Sie dem Link in der E-Mail, die dorthin gesendet wurde.",
  toldIn: "Sprache der Mitteilungen",
  sendTest: "Test senden",
  switchOff: "Ausschalten",
  switchOn: "Einschalten",
  newSecret: "Neues Geheimnis",
  whatItWasTold: "Was mitgeteilt wurde",
  tellAgain: "Erneut senden",
  secretOnce: "Das Signaturgeheimnis, nur dieses eine Mal angezeigt:",
  noNotifications: "Dieser Browser hat für solche Seiten keine Benachrichtigungen.",
  mayNotNotify:
    "Der Browser darf nicht benachrichtigen: Erlauben Sie Benachrichtigungen für diese Seite, und versuchen Sie es noch einmal.",
  pushSilent: (why) => `Der Push-Dienst des Browsers hat nicht geantwortet: ${why}`,
};
