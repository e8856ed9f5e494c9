import type { say } from "../../erasure/say.ts";

export const erasure: typeof say = {
  pageTitle: "Löschung · Vigil",
  noErasure: "Diese Löschung gibt es nicht",
  calledOff: "Sie wurde abgebrochen, oder der Link ist unvollständig.",
  howFar: "Wie weit sie ist",
  askedFor: "Beantragt",
  begins: "Beginn",
  began: "Begonnen",
  done: "Abgeschlossen",
  rows: "Zeilen",
  files: "Bilder und Dateien",
  cancelled: "Gekündigte Abonnements",
  notCancelled: (count) =>
    `${count} ließen sich von hier aus nicht kündigen. Kündigen Sie beim Zahlungsdienst.`,
  receipt: "Die Quittung",
  receiptWhat:
    "Sie ist mit dem Schlüssel signiert, mit dem auch das Beweisprotokoll von Vigil signiert wird, und nennt niemanden.",
  titles: {
    asked: "Ein Konto soll gelöscht werden",
    erasing: "Ein Konto wird gelöscht",
    erased: "Das Konto wurde gelöscht",
  },
};
