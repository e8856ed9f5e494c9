import type { say } from "../../delivery/say.ts";

export const delivery: typeof say = {
  pageTitle: "Was mitgeteilt wurde · Vigil",
  tellMe: "Mitteilungen",
  whatWasTold: "Was mitgeteilt wurde",
  loadingTold: "Was mitgeteilt wurde, wird geladen",
  nothingTold: "Noch wurde nichts mitgeteilt",
  appearsHere: "Was an Ihre Empfänger gesendet wird, erscheint hier.",
  removedEndpoint: "ein entfernter Empfänger",
  whatWasSent: "Was gesendet wurde",
  tellAgain: "Erneut senden",
  attempt: (tried) =>
    `Versuch ${tried.number}, ${tried.when}: ${
      tried.status === null ? "keine Antwort" : `Antwort ${tried.status}`
    } nach ${tried.took}${tried.error === "" ? "" : `, ${tried.error}`}`,
  message: "Die Nachricht",
};
