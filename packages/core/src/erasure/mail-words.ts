/** What the two mails of an erasure say. */
import type { Language } from "../language/wire.ts";

const en = {
  /** Whose time zone it was is not known any more. */
  when: (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`,
  asked: (account: string, host: string, beginsAt: string) => ({
    subject: `${account} will be erased from Vigil`,
    lines: [
      `An owner has asked for the account ${account} at ${host} to be erased.`,
      `It begins at ${beginsAt}. Until then any owner can call it off in the settings, and export what is there. After that nobody gets in any more, and nothing can be brought back.`,
      "If it was none of you: sign in, call it off, and remove whoever is not to be an owner.",
    ],
  }),
  erased: (host: string, doneAt: string) => ({
    subject: "Your account at Vigil was erased",
    lines: [
      `The account that you were an owner of at ${host} was erased. It was done at ${doneAt}: its rows, its pictures, what was computed of them, and what the evidence log knew of them are gone.`,
      "This is the receipt. It is signed, says how much went, and names nobody; your address is forgotten once this mail was sent.",
    ],
  }),
};

const inGerman = new Intl.DateTimeFormat("de-DE", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

const de: typeof en = {
  when: (at) => `${inGerman.format(at)} UTC`,
  asked: (account, host, beginsAt) => ({
    subject: `${account} wird bei Vigil gelöscht`,
    lines: [
      `Ein Inhaber möchte, dass das Konto „${account}“ auf ${host} gelöscht wird.`,
      `Damit wird am ${beginsAt} begonnen. Bis dahin kann jeder Inhaber es in den Einstellungen abbrechen und exportieren, was vorhanden ist. Danach kommt niemand mehr hinein, und nichts lässt sich zurückholen.`,
      "Wenn das niemand von Ihnen war: Melden Sie sich an, brechen Sie es ab, und entfernen Sie, wer kein Inhaber sein soll.",
    ],
  }),
  erased: (host, doneAt) => ({
    subject: "Ihr Konto bei Vigil wurde gelöscht",
    lines: [
      `Das Konto auf ${host}, dessen Inhaber Sie waren, wurde gelöscht. Am ${doneAt} war es so weit: Seine Einträge, seine Bilder, was daraus berechnet wurde, und was das Beweisprotokoll darüber wusste, sind fort.`,
      "Dies ist die Quittung. Sie ist signiert, sagt, wie viel gelöscht wurde, und nennt niemanden; Ihre Adresse ist vergessen, sobald diese E-Mail gesendet ist.",
    ],
  }),
};

export const erasureMailWords: Readonly<Record<Language, typeof en>> = { en, de };
