/** What the mail says that holds a code. */
import type { Language } from "@vigil/core/language/languages";

const en = {
  subject: (code: string) => `${code} is your code for Vigil`,
  title: "Your code",
  isYourCode: (host: string) => `Your code for Vigil at ${host} is`,
  heading: (host: string) => `Your code for Vigil at ${host}`,
  enter: "Enter it in the window in which you asked for it, within ten minutes.",
  nobodyAsks:
    "Nobody from Vigil will ever ask you for it. If you did not ask for a code, nothing needs to be done: without it nobody gets in.",
};

const de: typeof en = {
  subject: (code) => `${code} ist Ihr Code für Vigil`,
  title: "Ihr Code",
  isYourCode: (host) => `Ihr Code für Vigil auf ${host} lautet`,
  heading: (host) => `Ihr Code für Vigil auf ${host}`,
  enter: "Geben Sie ihn innerhalb von zehn Minuten in dem Fenster ein, in dem Sie ihn angefordert haben.",
  nobodyAsks:
    "Niemand von Vigil wird Sie je danach fragen. Wenn Sie keinen Code angefordert haben, ist nichts zu tun: Ohne ihn kommt niemand hinein.",
};

export const codeWords: Readonly<Record<Language, typeof en>> = { en, de };
