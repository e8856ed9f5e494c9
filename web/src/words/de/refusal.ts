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
    "account-not-chosen": {
      what: "Es ist nicht klar, welches Konto gemeint ist.",
      next: "Wählen Sie ein Konto.",
    },
    "invalid-body": {
      what: "Etwas an der Eingabe stimmt nicht.",
      next: "Prüfen Sie die Felder, und versuchen Sie es noch einmal.",
    },
    "invalid-query": {
      what: "Danach lässt sich so nicht fragen.",
      next: "Ändern Sie die Frage oder den Filter.",
    },
    "invalid-cursor": {
      what: "Diese Stelle der Liste gibt es nicht mehr.",
      next: "Laden Sie die Seite neu.",
    },
    "access-denied": { what: "Dieses Gerät wurde abgewiesen.", next: "Lassen Sie es noch einmal fragen." },
    "authorization-pending": {
      what: "Das Gerät ist noch nicht zugelassen.",
      next: "Ein Inhaber muss es zulassen.",
    },
    "expired-token": {
      what: "Die Codes des Geräts gelten nicht mehr.",
      next: "Lassen Sie es noch einmal fragen.",
    },
    "idempotency-key-in-flight": {
      what: "Dieselbe Anfrage läuft noch.",
      next: "Warten Sie einen Moment, und sehen Sie dann nach.",
    },
    "idempotency-answer-lost": {
      what: "Die Anfrage wurde ausgeführt, aber ihre Antwort ging verloren.",
      next: "Laden Sie die Seite neu, und sehen Sie nach.",
    },
    "idempotency-key-reused": {
      what: "Eine andere Anfrage hatte dieselbe Kennung.",
      next: "Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
    },
    "event-sealed": {
      what: "Zu diesem Ereignis werden keine Bilder mehr angenommen.",
      next: "Es ist abgeschlossen.",
    },
    "review-not-wanted": {
      what: "Diese Prüfung wird nicht mehr gebraucht.",
      next: "Laden Sie die Seite neu.",
    },
    "review-not-dead": { what: "Die Prüfung ist nicht fehlgeschlagen.", next: "Laden Sie die Seite neu." },
    "not-offered": {
      what: "Diese Installation bietet das nicht an.",
      next: "Wenden Sie sich an ihren Betreiber.",
    },
    "no-secret": { what: "Dieser Empfänger hat kein Geheimnis.", next: "Nur Webhooks haben eines." },
    "consent-ending": {
      what: "Was unter der Einwilligung gespeichert war, wird noch gelöscht.",
      next: "Versuchen Sie es in einigen Minuten noch einmal.",
    },
    "too-many": {
      what: "Mehr davon sind nicht möglich.",
      next: "Entfernen Sie zuerst etwas, das Sie nicht mehr brauchen.",
    },
    "source-blocked": {
      what: "Die Quelle ist gesperrt.",
      next: "Warum, und wie sie zurückkommt, steht unter Quellen.",
    },
    "question-moved-on": {
      what: "Die Frage ist nicht mehr offen.",
      next: "Der Lauf wurde inzwischen versiegelt oder abgebrochen, oder jemand anderes hat geantwortet.",
    },
    "run-moved-on": { what: "Der Lauf ist inzwischen weiter.", next: "Laden Sie die Seite neu." },
    "body-too-large": { what: "Das ist zu groß.", next: "Senden Sie weniger auf einmal." },
    "evidence-too-large": { what: "Ein Bild ist zu groß.", next: "Senden Sie ein kleineres." },
    "evidence-not-an-image": {
      what: "Ein Bild ist nicht das, was es zu sein vorgibt.",
      next: "Senden Sie ein anderes.",
    },
    "evidence-too-many-pixels": {
      what: "Ein Bild hat zu viele Pixel.",
      next: "Senden Sie ein kleineres.",
    },
    "evidence-missing": {
      what: "Angekündigte Bilder fehlen noch.",
      next: "Warten Sie, bis sie hochgeladen sind.",
    },
    "life-safety-stays": {
      what: "Was ein Leben bedrohen kann, kann kein Fehlalarm genannt werden.",
      next: "Es wiegt immer gleich.",
    },
    "slow-down": { what: "Dieses Gerät fragt zu oft.", next: "Warten Sie einen Moment." },
    "rate-limited": { what: "Das waren zu viele Anfragen.", next: "Warten Sie einen Moment." },
    internal: {
      what: "Ein unerwarteter Fehler ist aufgetreten.",
      next: "Versuchen Sie es gleich noch einmal.",
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
  other: (title, detail) => ({
    what: "Das wurde abgelehnt.",
    next: `Der Grund ist nur auf Englisch bekannt: „${title}: ${detail}“`,
  }),
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
