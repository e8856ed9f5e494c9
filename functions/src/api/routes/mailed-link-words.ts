/** What the pages say that links in e-mails open. */
import type { Language } from "@vigil/core/language/languages";

const en = {
  confirm: {
    ask: "May Vigil write to this address?",
    button: "Yes, write to me",
    done: (name: string) => `${name} is confirmed: Vigil writes there from now on.`,
  },
  unsubscribe: {
    ask: "Shall Vigil stop writing to this address?",
    button: "Yes, stop",
    done: (name: string) => `Vigil no longer writes to ${name}.`,
  },
};

const de: typeof en = {
  confirm: {
    ask: "Darf Vigil an diese Adresse schreiben?",
    button: "Ja, schreiben Sie mir",
    done: (name) => `„${name}“ ist bestätigt: Vigil schreibt von nun an dorthin.`,
  },
  unsubscribe: {
    ask: "Soll Vigil nicht mehr an diese Adresse schreiben?",
    button: "Ja, aufhören",
    done: (name) => `Vigil schreibt nicht mehr an „${name}“.`,
  },
};

export const mailedLinkWords: Readonly<Record<Language, typeof en>> = { en, de };
