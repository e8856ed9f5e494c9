/** What an endpoint is told of itself, and the others of it. */
import { reportedDe } from "../../delivery/index.ts";
import type { Language } from "../../language/wire.ts";
import type { Said } from "./tell.ts";

const en = {
  confirm: (account: string): Said => ({
    title: `Confirm that Vigil may write to you about ${account}`,
    summary: [
      "Somebody gave this address to be told of what cameras and sensors see there.",
      "If it was not you, do nothing.",
    ],
  }),
  test: (): Said => ({
    title: "This is a test",
    summary: ["It reached you: whatever this endpoint asks for will, too."],
  }),
  switchedOff: (name: string, reason: string): Said => ({
    title: `${name} is no longer told of anything`,
    summary: [`It was switched off because ${reason}.`, "Switch it on again in the settings when it works."],
  }),
};

const de: typeof en = {
  confirm: (account) => ({
    title: `Bestätigen Sie, dass Vigil Ihnen über „${account}“ schreiben darf`,
    summary: [
      "Jemand hat diese Adresse angegeben, damit sie erfährt, was Kameras und Sensoren dort sehen.",
      "Wenn Sie es nicht waren, ist nichts zu tun.",
    ],
  }),
  test: () => ({
    title: "Dies ist ein Test",
    summary: ["Er hat Sie erreicht: Auch was dieser Empfänger erfahren soll, wird Sie erreichen."],
  }),
  switchedOff: (name, reason) => ({
    title: `„${name}“ erfährt nichts mehr`,
    summary: [
      `Der Empfänger wurde ausgeschaltet. Der Grund: ${reportedDe(reason)}.`,
      "Schalten Sie ihn in den Einstellungen wieder ein, wenn er funktioniert.",
    ],
  }),
};

export const endpointWords: Readonly<Record<Language, typeof en>> = { en, de };
