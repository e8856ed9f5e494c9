import type { say } from "../../plan/say.ts";

export const plan: typeof say = {
  pageTitle: "Vigil · Tarif",
  plan: "Tarif",
  yours: "Vielen Dank. Er gehört ab jetzt Ihnen.",
  paymentComes: "Vielen Dank. Die Zahlung ist unterwegs.",
  yourSubscription: (tier) => `Ihr Abonnement: ${tier}`,
  paymentFailed: (tier) =>
    `Eine Zahlung ist fehlgeschlagen und wird erneut versucht. Zahlen Sie auf anderem Weg, damit ${tier} bleibt.`,
  notPaid: "Es ist nicht bezahlt; bis dahin gilt für das Konto Lite.",
  endsOn: (when) => `Gekündigt: Es endet am ${when} und kostet danach nichts mehr.`,
  payAnotherWay: "Anders bezahlen",
  change: "Ändern",
  cancel: "Kündigen",
  invoices: "Rechnungen und Karten",
  setByOperator: "Tarife legt fest, wer diese Installation betreibt.",
  free: "kostet nichts",
  yoursNow: "Ihr Tarif",
  ownerBuys: "Kaufen und ändern kann das ein Inhaber des Kontos.",
  buy: (tier) => `${tier} kaufen`,
  gives: {
    lite: [
      "Jedes Ereignis wird eingeschätzt und erklärt",
      "Bei Gefahr für Leib und Leben sofort eine Meldung",
      "Bilder werden 7 Tage aufbewahrt",
    ],
    guardian: [
      "Alles aus Lite",
      "5 genaue Prüfungen am Tag, in Bildern und Worten",
      "Bei Gefahr für Leib und Leben sofortige Prüfung, darüber hinaus",
      "Bilder werden 30 Tage aufbewahrt",
    ],
    pro: [
      "Alles aus Guardian",
      "Genaue Prüfungen werden nie abgelehnt",
      "Immer zuerst an der Reihe",
      "Bilder werden 90 Tage aufbewahrt",
    ],
  },
  price: (amount, per) =>
    `${amount} ${{ day: "am Tag", week: "in der Woche", month: "im Monat", year: "im Jahr" }[per]}`,
};
