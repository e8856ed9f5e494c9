import type { say } from "../../shell/say.ts";

export const shell: typeof say = {
  starting: "Start",
  tokenEnded: "Der Token wird nicht mehr angenommen. Melden Sie sich mit einem gültigen an.",
  noSuchPage: "Diese Seite gibt es nicht",
  pageNotLoaded: "Diese Seite konnte nicht geladen werden",
  pageNotLoadedWhy: "Vielleicht wurde Vigil aktualisiert, oder das Netz ist weg.",
  loadAgain: "Neu laden",
  skip: "Zum Inhalt springen",
  brand: "Vigil, alle Berichte",
  day: "Tag",
  trends: "Verlauf",
  runs: "Läufe",
  switchAccount: "Konto wechseln",
  people: "Personen",
  tellMe: "Mitteilungen",
  settings: "Einstellungen",
  away: "Vigil antwortet zurzeit nicht. Was Sie sehen, ist vielleicht veraltet; die Konsole versucht es weiter.",
};
