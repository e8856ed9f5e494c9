import type { say } from "../say-outcome.ts";

export const outcome: typeof say = {
  nothingRecognised: "Genau angesehen: nichts erkannt.",
  nothingInIt: "Nichts darauf.",
  likeAnother: "Fast wie ein anderes Bild.",
  likePicture: (number) => `Wie Bild ${number}: fast gleich und deshalb nicht zweimal angesehen.`,
  unreadable: (why) => `Nicht lesbar${why === "" ? "" : `: ${why}`}.`,
  missing: (why) => `Das Bild fehlt${why === "" ? "" : `: ${why}`}.`,
  deferred: "Noch nicht angesehen: Das System war ausgelastet. Es wird nachgeholt.",
  shortNothing: "nichts",
  shortLike: (number) => `wie ${number ?? "ein anderes"}`,
  shortUnreadable: "unlesbar",
  shortMissing: "fehlt",
  shortDeferred: "später",
  position: (number, of) => `Bild ${number} von ${of}`,
};
