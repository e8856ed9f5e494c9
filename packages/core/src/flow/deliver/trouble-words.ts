/** What is said of a device in trouble. */
import type { TroubleKind } from "../../device/wire.ts";
import type { Language } from "../../language/wire.ts";

type Words = {
  /** Of dates. */
  locale: string;
  /** A sensor of a gateway. */
  sensor: (part: string, of: string) => string;
  device: (name: string) => string;
  /** @param at when it was heard last; undefined where nobody knows */
  silentSince: (at: string | undefined) => string;
  begins: Readonly<Record<TroubleKind, (who: string) => string>>;
  because: Readonly<Record<Exclude<TroubleKind, "silent">, string>>;
  ends: Readonly<Record<TroubleKind, (who: string) => string>>;
};

const en: Words = {
  locale: "en-GB",
  sensor: (part, of) => `Sensor ${part} of ${of}`,
  device: (name) => name,
  silentSince: (at) => (at === undefined ? "Nothing is heard of it." : `Nothing is heard of it since ${at}.`),
  begins: {
    silent: (who) => `${who} is silent`,
    blind: (who) => `${who} sees nothing`,
    blurred: (who) => `${who} is out of focus`,
    overexposed: (who) => `${who} is blinded by light`,
    frozen: (who) => `${who} shows the same picture for hours`,
    clock: (who) => `${who} has a wrong clock`,
  },
  because: {
    blind: "Its pictures show one colour: is its lens covered, or its signal lost?",
    blurred: "Its pictures are blurred: is its lens dirty or covered, or has it been turned?",
    overexposed: "Most of its pictures is as bright as can be: does the sun or a lamp shine into it?",
    frozen: "Not a dot of its pictures changes: it stands still, or somebody plays it a picture.",
    clock: "Its events are corrected; set its time zone or its time server.",
  },
  ends: {
    silent: (who) => `${who} is heard again`,
    blind: (who) => `${who} sees again`,
    blurred: (who) => `${who} is in focus again`,
    overexposed: (who) => `${who} is blinded no more`,
    frozen: (who) => `${who} shows what happens again`,
    clock: (who) => `${who} has the right time again`,
  },
};

const de: Words = {
  locale: "de-DE",
  sensor: (part, of) => `Sensor „${part}“ von „${of}“`,
  device: (name) => `„${name}“`,
  silentSince: (at) =>
    at === undefined
      ? "Davon ist nichts mehr zu hören."
      : `Davon ist nichts mehr zu hören. Zuletzt gemeldet: ${at} Uhr.`,
  begins: {
    silent: (who) => `${who} meldet sich nicht`,
    blind: (who) => `${who} sieht nichts`,
    blurred: (who) => `${who} ist unscharf`,
    overexposed: (who) => `${who} ist geblendet`,
    frozen: (who) => `${who} zeigt seit Stunden dasselbe Bild`,
    clock: (who) => `${who} hat eine falsche Uhrzeit`,
  },
  because: {
    blind: "Die Bilder zeigen eine einzige Farbe: Ist das Objektiv verdeckt oder das Signal verloren?",
    blurred: "Die Bilder sind unscharf: Ist das Objektiv verschmutzt, verdeckt oder verdreht?",
    overexposed:
      "Die Bilder sind zum größten Teil so hell, wie es nur geht: Scheint die Sonne oder eine Lampe hinein?",
    frozen: "Kein Bildpunkt ändert sich: Das Bild steht still, oder jemand spielt dem Gerät ein Bild vor.",
    clock: "Die Ereignisse werden korrigiert; stellen Sie Zeitzone oder Zeitserver richtig ein.",
  },
  ends: {
    silent: (who) => `${who} meldet sich wieder`,
    blind: (who) => `${who} sieht wieder`,
    blurred: (who) => `${who} ist wieder scharf`,
    overexposed: (who) => `${who} ist nicht mehr geblendet`,
    frozen: (who) => `${who} zeigt wieder, was geschieht`,
    clock: (who) => `${who} hat wieder die richtige Uhrzeit`,
  },
};

export const troubleWords: Readonly<Record<Language, Words>> = { en, de };
