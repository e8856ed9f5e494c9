/** What workers, checks and receivers say of one picture or delivery, in German. What is not known is shown as it was said. */
import { findReportedDe } from "@vigil/core/delivery/reported-de";

const whole: Readonly<Record<string, string>> = {
  "announced and not uploaded yet": "angekündigt und noch nicht hochgeladen",
  "no detector could look at it": "kein Detektor konnte es ansehen",
  "not what its gateway signed when it was captured":
    "nicht das, was sein Gateway bei der Aufnahme signiert hat",
  "no attempt came to its end": "kein Versuch kam zu Ende",
  "the endpoint is switched off": "der Empfänger ist ausgeschaltet",
  "whoever reads it unsubscribed": "wer es liest, hat sich abgemeldet",
};

type Pattern = readonly [RegExp, (...parts: string[]) => string];

const patterns: readonly Pattern[] = [
  [/^not-an-image: /, () => "kein Bild"],
  [/^unsupported-type: /, () => "ein Format, das nicht unterstützt wird"],
  [/^too-many-pixels: /, () => "zu viele Pixel"],
  [/^too-many-scans: /, () => "zu viele Durchgänge"],
  [/^too-slow: /, () => "es zu lesen dauert zu lange"],
  [/^corrupt: /, () => "die Datei ist beschädigt"],
  [/^not fetched within (\d+) ms: /, (ms) => `nicht innerhalb von ${ms} ms abgeholt`],
  [/^the detector failed: /, () => "der Detektor ist gescheitert"],
  [/^named (\S+), and is (.+)$/, (name, type) => `heißt ${name} und ist ${type}`],
  [/^EXIF says (\d+ x \d+), and it is (\d+ x \d+)$/, (said, is) => `laut EXIF ${said}, tatsächlich ${is}`],
  [
    /^the small picture within it is like it by ([\d.]+) of 1$/,
    (like = "") => `das kleine Bild darin gleicht ihm zu ${like.replace(".", ",")} von 1`,
  ],
  [
    /^EXIF names (.+), and named (.+) before$/,
    (now, before) => `EXIF nennt ${now} und nannte bisher ${before}`,
  ],
  [/^EXIF says (.+), which was yet to come$/, (time) => `laut EXIF ${time}, was noch bevorstand`],
  [/^EXIF says (.+), and the event (.+)$/, (time, event) => `laut EXIF ${time}, laut Ereignis ${event}`],
  [/^encoded as (.+)$/, (encoder) => `kodiert als ${encoder}`],
  [/^(\d+ x \d+) pixels$/, (size) => `${size} Pixel`],
  [
    /^(\d+) attempts failed, the last one because (.+)$/,
    (count, why = "") => `${count} Versuche sind fehlgeschlagen, der letzte so: ${reportedDe(why)}`,
  ],
];

export function reportedDe(text: string): string {
  if (Object.hasOwn(whole, text)) return whole[text] ?? text;
  for (const [pattern, tell] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return tell(...found.slice(1));
  }
  return findReportedDe(text) ?? text;
}
