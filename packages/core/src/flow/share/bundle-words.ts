/** What the page in a bundle says, and why a picture is not in one. */
import type { Language } from "../../language/wire.ts";

export type Missing = "noRoom" | "notKept" | "notSealed";

const en = {
  locale: "en-GB",
  isUnchanged: "Is it unchanged?",
  choose:
    "Choose the folder that this page lies in. The files are read on this machine; nothing is sent anywhere.",
  folder: "The bundle's folder",
  verdict: (wrong: number, of: number) =>
    wrong === 0
      ? `All ${of} files are as they were exported.`
      : `${wrong} of ${of} files are not as they were exported.`,
  missing: "missing",
  changed: "changed",
  listSum: "SHA-256 of the list of sums:",
  notReadYet: "shown when the files were read",
  auditTrail: "The account's audit trail has the same since the export.",
  withoutBrowser: "Without a browser:",
  notLogged: "Nothing of this bundle was in the evidence log when it was exported.",
  logged: (entries: number, signedAt: string, left: readonly string[]) =>
    `${entries} entries of the evidence log, signed on ${signedAt}, are in custody.json.${left.length === 0 ? "" : ` Not in it: ${left.join(", ")}.`} vigil-verify checks them, and the signature of whoever runs Vigil.`,
  pictures: "Pictures",
  picture: (number: number, when: string) => `Picture ${number}, ${when}`,
  whyMissing: {
    noRoom: "the bundle has no room for it",
    notKept: "it is not kept any more",
    notSealed: "it is not what was sealed",
  } satisfies Record<Missing, string>,
  why: "Why this level",
};

export type BundleWords = typeof en;

const de: BundleWords = {
  locale: "de-DE",
  isUnchanged: "Ist alles unverändert?",
  choose:
    "Wählen Sie den Ordner, in dem diese Seite liegt. Die Dateien werden auf diesem Gerät gelesen; nichts wird irgendwohin gesendet.",
  folder: "Der Ordner mit den Dateien",
  verdict: (wrong, of) =>
    wrong === 0
      ? `Alle ${of} Dateien sind so, wie sie exportiert wurden.`
      : `${wrong} von ${of} Dateien ${wrong === 1 ? "ist" : "sind"} nicht so, wie ${wrong === 1 ? "sie exportiert wurde" : "sie exportiert wurden"}.`,
  missing: "fehlt",
  changed: "verändert",
  listSum: "SHA-256 der Liste der Prüfsummen:",
  notReadYet: "wird angezeigt, sobald die Dateien gelesen sind",
  auditTrail: "Im Protokoll des Kontos steht seit dem Export dieselbe.",
  withoutBrowser: "Ohne Browser:",
  notLogged: "Als exportiert wurde, stand nichts hiervon im Beweisprotokoll.",
  logged: (entries, signedAt, left) =>
    `In custody.json ${entries === 1 ? "steht 1 Eintrag" : `stehen ${entries} Einträge`} des Beweisprotokolls, signiert am ${signedAt}.${left.length === 0 ? "" : ` Nicht darin: ${left.join(", ")}.`} vigil-verify prüft sie und die Signatur dessen, der Vigil betreibt.`,
  pictures: "Bilder",
  picture: (number, when) => `Bild ${number}, ${when}`,
  whyMissing: {
    noRoom: "dafür war kein Platz mehr",
    notKept: "es wird nicht mehr aufbewahrt",
    notSealed: "es ist nicht das, was versiegelt wurde",
  },
  why: "Warum diese Stufe",
};

export const bundleWords: Readonly<Record<Language, BundleWords>> = { en, de };
