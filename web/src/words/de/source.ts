import type { say } from "../../source/say.ts";

export const source: typeof say = {
  pageTitle: "Vigil · Quellen",
  sources: "Quellen",
  what: "Wer Bilder liefert, und was Menschen und Tatsachen der letzten 30 Tage darüber sagen. Was Leben bedroht, wird untersucht, was immer hier steht.",
  none: "Noch liefert niemand Bilder.",
  kinds: { device: "Kamera oder Gateway", run: "Läufe" },
  states: { trusted: "Vertraut", probation: "Auf Bewährung", blocked: "Gesperrt" },
  follows: {
    device: {
      trusted: "Wird untersucht wie immer.",
      probation: "Ungefragt wird nur untersucht, was als erhöht oder kritisch eingeschätzt wird.",
      blocked: "Ungefragt wird nur untersucht, was als kritisch eingeschätzt wird.",
    },
    run: {
      trusted: "Wird untersucht wie immer.",
      probation:
        "Von einem Lauf werden die ersten 256 Bilder untersucht, die übrigen nur, wenn diese nicht am Thema vorbeigehen.",
      blocked: "Ihre Läufe werden abgelehnt.",
    },
  },
  faults: { "off-topic": "Am Thema vorbei", duplicates: "Doppelt", broken: "Unbrauchbar" },
  why: "Warum",
  because: (fault, found, of, low) => `${fault}: ${found} von ${of}, sicher mehr als ${low}.`,
  share: (found, of) => (of === 0 ? "nichts, wonach zu urteilen wäre" : `${found} von ${of}`),
  between: (low, high) => `zwischen ${low} und ${high}`,
  wayBack: "Der Weg zurück",
  byTime: (state, at) =>
    state === "blocked"
      ? `Am ${at} ist sie wieder auf Bewährung.`
      : `Spricht nichts Weiteres gegen sie, wird ihr am ${at} wieder vertraut.`,
  byPictures: (judged, wanted) =>
    `Oder durch bessere Bilder: ${judged} ließen sich seitdem beurteilen, mindestens ${wanted} müssen es sein.`,
  overruled: (at, reason) => `Ein Besitzer hat am ${at} anders entschieden: ${reason}`,
  overrule: "Anders entscheiden",
  reason: "Der Grund",
  trust: "Vertrauen",
  block: "Sperren",
  quota: "Was sie liefern darf",
  itemsPerRun: "Bilder in einem Lauf",
  itemsPerDay: "Bilder in Läufen eines Tages",
  noLimit: "keine Grenze",
};
