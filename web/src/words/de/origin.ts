import { listed } from "../counted.ts";
import type { say } from "../say-origin.ts";

const by = (signer: string | undefined) => (signer === undefined ? "" : ` von ${signer}`);

export const origin: typeof say = {
  allUnbroken: (count) =>
    `${count === 1 ? "Das Bild steht" : `Alle ${count} Bilder stehen`} so im Beweisprotokoll, wie ${count === 1 ? "es" : "sie"} angenommen ${count === 1 ? "wurde, und ist" : "wurden, und sind"} seither unverändert.`,
  someUnbroken: (count, of) =>
    `${count} von ${of} Bildern stehen so im Beweisprotokoll, wie sie angenommen wurden. Die übrigen sind vielleicht noch keine Minute alt oder älter als das Protokoll.`,
  changed: (numbers) =>
    `${numbers.length === 1 ? "Bild" : "Bilder"} ${listed(numbers.map(String))}: nach dem Protokoll nicht das, was angenommen wurde.`,
  signedAt: (when) => `Das Protokoll wurde am ${when} signiert.`,
  timeStamped: (when, stamped, authority) =>
    `Das Protokoll wurde am ${when} signiert und am ${stamped} von „${authority}“ mit einem Zeitstempel versehen.`,
  cameBefore: {
    exact: (when) => `Genau diese Datei kam schon einmal, aufgenommen am ${when}.`,
    repeat: (when) =>
      `Eine andere Datei, aber dasselbe Bild: Dieselbe Kamera hat es schon einmal geschickt, aufgenommen am ${when}.`,
    "none-found": (when) => `Ein Bild kam schon vorher, aufgenommen am ${when}.`,
    "cannot-tell": (when) => `Ein Bild kam schon vorher, aufgenommen am ${when}.`,
  },
  signedByGateway: (when) =>
    `Bei der Aufnahme von seinem Gateway signiert, am ${when} nach der Uhr des Gateways.`,
  generated: (reasons) => `Erzeugt oder zusammengesetzt: ${reasons}.`,
  contradicts: (details) => `Die Datei widerspricht sich selbst oder ihrem Ereignis: ${details}.`,
  novel: (details) =>
    `Anders als bisherige Dateien dieser Kamera: ${details}. So sind sie auch nach einem Update, mit anderen Einstellungen oder von einer anderen Kamera.`,
  unreadable: "Hat einen Herkunftsnachweis, der nicht gelesen werden kann.",
  remoteOnly: "Nennt einen Herkunftsnachweis an anderer Stelle, der nicht abgerufen wird.",
  trusted: (signer) => `Signiert${by(signer)}; diesem Unterzeichner wird hier vertraut. Seither unverändert.`,
  untrusted: (signer) =>
    `Signiert${by(signer)} und seither unverändert. Niemand hier hat gesagt, dass diesem Unterzeichner zu trauen ist.`,
  legacy: (signer) =>
    `Hat einen Herkunftsnachweis${by(signer)}, der nach heutigen Regeln nicht gültig ist. Anzeichen einer Änderung gibt es nicht.`,
  manifestAltered: "Hat einen Herkunftsnachweis, der selbst verändert wurde: Er besagt nichts mehr.",
  contentChanged: (signer) => `Wurde verändert, nachdem es signiert war${by(signer)}.`,
};
