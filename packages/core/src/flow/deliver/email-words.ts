/** What stands around a message in an e-mail. */
import { placeNameDe } from "../../digest/index.ts";
import type { Language } from "../../language/wire.ts";

const en = {
  locale: "en-GB",
  zone: (zone: string) => zone,
  level: (level: string) => `Level: ${level}`,
  where: (where: string) => `Where: ${where}`,
  when: (at: string) => `When: ${at}`,
  confirm: "Confirm this address",
  open: "Open it in the console",
  stop: "Stop these e-mails",
  pictures: (count: number) => `${count} picture${count === 1 ? "" : "s"} of what was seen`,
};

const de: typeof en = {
  locale: "de-DE",
  zone: placeNameDe,
  level: (level) => `Stufe: ${level}`,
  where: (where) => `Wo: ${where}`,
  when: (at) => `Wann: ${at}`,
  confirm: "Diese Adresse bestätigen",
  open: "In der Konsole öffnen",
  stop: "Diese E-Mails abbestellen",
  pictures: (count) =>
    count === 1 ? "1 Bild von dem, was gesehen wurde" : `${count} Bilder von dem, was gesehen wurde`,
};

export const emailWords: Readonly<Record<Language, typeof en>> = { en, de };
