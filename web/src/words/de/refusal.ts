import type { say } from "../say-refusal.ts";

export const refusal: typeof say = {
  known: {
    unauthenticated: {
      what: "Dieser Token wird nicht angenommen.",
      next: "Vielleicht ist er vertippt, widerrufen oder von einer anderen Installation. Melden Sie sich mit einem gültigen Mitglieds-Token an.",
    },
    forbidden: {
      what: "Dazu haben Sie keine Berechtigung.",
      next: "Wenden Sie sich an einen Inhaber des Kontos.",
    },
    "tier-excludes": {
      what: "Lite enthält keine genauen Prüfungen.",
      next: "Jedes Ereignis wird trotzdem eingeschätzt. Genaue Prüfungen gibt es mit Guardian und Pro.",
    },
    "quota-exceeded": {
      what: "Die genauen Prüfungen für heute sind aufgebraucht.",
      next: "Neue gibt es, sobald das Kontingent erneuert wird. Bei Gefahr für Leib und Leben wird immer geprüft.",
    },
    "no-evidence": {
      what: "Zu diesem Vorgang gibt es keine Bilder zum Ansehen.",
      next: "Seine Ereignisse kamen ohne Bilder, oder die Bilder sind noch nicht eingetroffen.",
    },
    "endpoint-unconfirmed": {
      what: "Dorthin wird zurzeit nichts gesendet.",
      next: "Bestätigen Sie die Adresse mit dem Link in der E-Mail, oder schalten Sie den Empfänger ein.",
    },
    "code-wrong": {
      what: "Der Code stimmt nicht.",
      next: "Sehen Sie in der neuesten E-Mail nach, und geben Sie ihn noch einmal ein.",
    },
    "code-spent": { what: "Dieser Code gilt nicht mehr.", next: "Fordern Sie einen neuen an." },
    "code-unknown": {
      what: "Mit diesem Code wartet kein Gerät.",
      next: "Sehen Sie noch einmal nach. Codes gelten zehn Minuten; danach zeigt das Gerät einen neuen.",
    },
    "subscribed-already": {
      what: "Das Konto hat schon ein Abonnement.",
      next: "Ändern Sie es, statt ein weiteres zu kaufen.",
    },
    "not-subscribed": { what: "Das Konto hat kein Abonnement.", next: "Kaufen Sie zuerst eines." },
    "erasure-begun": {
      what: "Die Löschung hat begonnen.",
      next: "Sie lässt sich nicht mehr aufhalten.",
    },
    "last-owner": {
      what: "Das Konto braucht einen Inhaber.",
      next: "Machen Sie zuerst jemand anderen zum Inhaber.",
    },
    "already-member": {
      what: "Sie gehören schon zu diesem Konto.",
      next: "Öffnen Sie stattdessen die Konsole.",
    },
    "sign-in-refused": {
      what: "Das hat nicht geklappt.",
      next: "Versuchen Sie es noch einmal, oder melden Sie sich mit einem Code an.",
    },
    "not-found": {
      what: "Das gibt es in diesem Konto nicht.",
      next: "Vielleicht wurde es entfernt.",
    },
    overloaded: {
      what: "Das System ist stark ausgelastet.",
      next: "Versuchen Sie es gleich noch einmal.",
    },
    unavailable: {
      what: "Ein Teil des Systems antwortet nicht.",
      next: "Versuchen Sie es gleich noch einmal.",
    },
  },
  unreachable: { what: "Vigil antwortet nicht.", next: "Die Konsole versucht es weiter." },
  passkeyUnused: {
    what: "Der Passkey wurde nicht benutzt.",
    next: "Versuchen Sie es noch einmal, oder melden Sie sich mit einem Code an.",
  },
  unexpected: {
    what: "Etwas Unerwartetes ist passiert.",
    next: "Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
  },
};
