import type { say } from "../../question/say.ts";
import { one } from "../thing.ts";

export const question: typeof say = {
  pageTitle: "Vigil · Fragen",
  questions: "Fragen",
  answerThem: (open) =>
    open === 1 ? "Die offene Frage beantworten" : `Die ${open} offenen Fragen beantworten`,
  allRuns: "Alle Läufe",
  isThere: (label) => `Ist das zu sehen: ${one(label)}?`,
  areBoth: (label, other) => `Ist es beides: ${one(label)} und ${one(other)}?`,
  answers: { yes: "Ja", no: "Nein", "cannot-tell": "Nicht zu erkennen" },
  undo: "Rückgängig",
  keysTitle: "Tasten",
  keys: { yes: "j", no: "n", "cannot-tell": "x", undo: "z" },
  progress: (done, all) => `${done} von ${all} beantwortet`,
  last: (name, answer) => `${name}: ${answer}`,
  nothing: "Es gibt nichts zu beantworten.",
  othersLeft: (open) =>
    open === 1
      ? "Eine Frage bleibt für jemand anderen: Sie wird zweimal gestellt."
      : `${open} Fragen bleiben für jemand anderen: Sie werden zweimal gestellt.`,
  near: (near, asked) =>
    `${near} Bilder liegen nahe an der Grenze; zu ${asked} davon werden Menschen gefragt.`,
  overflow: (count) =>
    `${count} weitere liegen nahe an der Grenze, mehr als gefragt wird. Über sie entscheiden allein die Regeln.`,
  agreement: (agreed, both) =>
    `Von ${both} zweimal beantworteten Fragen wurden ${agreed} gleich beantwortet.`,
  agreementSure: (low, high) => `Von allen wären es zwischen ${low} und ${high}.`,
  notTwice: (asked) =>
    asked === 1
      ? "Eine Frage wird zweimal gestellt; noch fehlt eine der beiden Antworten."
      : `${asked} Fragen werden zweimal gestellt; noch wurde keine beide Male beantwortet.`,
};
