/** Why an endpoint took nothing, in German. */

const whole: Readonly<Record<string, string>> = {
  "the browser's subscription has ended": "der Browser nimmt keine Nachrichten mehr an",
  "the mail server did not answer": "der Mailserver hat nicht geantwortet",
  "e-mail is not set up on this installation": "E-Mail ist auf dieser Installation nicht eingerichtet",
  "web push is not set up on this installation":
    "Push-Nachrichten sind auf dieser Installation nicht eingerichtet",
  "the address leads to a network that is refused": "die Adresse führt in ein Netz, das nicht erlaubt ist",
  "the connection failed": "die Verbindung ist fehlgeschlagen",
};

type Pattern = readonly [RegExp, (...parts: string[]) => string];

const patterns: readonly Pattern[] = [
  [/^the receiver answered (.+)$/, (status) => `der Empfänger antwortete ${status}`],
  [/^the mail server answered (\d+)$/, (status) => `der Mailserver antwortete ${status}`],
  [/^no answer within (\d+) s$/, (seconds) => `keine Antwort innerhalb von ${seconds} s`],
  [/^the connection failed \((.+)\)$/, (code) => `die Verbindung ist fehlgeschlagen (${code})`],
  [
    /^nothing was taken for five days: (.+)$/,
    (why = "") => `fünf Tage lang wurde nichts angenommen: ${reportedDe(why)}`,
  ],
];

/** Undefined for what a mail server or a library said in its own words. */
export function findReportedDe(text: string): string | undefined {
  if (Object.hasOwn(whole, text)) return whole[text];
  for (const [pattern, tell] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return tell(...found.slice(1));
  }
  return undefined;
}

/** Others' own words are quoted. */
export function reportedDe(text: string): string {
  return findReportedDe(text) ?? `„${text}“`;
}
