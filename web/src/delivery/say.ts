/** Everything that was told. */
import { spoken } from "../words/spoken.ts";

export const say = spoken("delivery", {
  pageTitle: "What was told · Vigil",
  tellMe: "Tell me",
  whatWasTold: "What was told",
  loadingTold: "Loading what was told",
  nothingTold: "Nothing was told yet",
  appearsHere: "What is sent to your endpoints appears here.",
  removedEndpoint: "a removed endpoint",
  whatWasSent: "What was sent",
  tellAgain: "Tell again",
  attempt: (tried: { number: number; when: string; status: number | null; took: string; error: string }) =>
    `Attempt ${tried.number}, ${tried.when}: ${
      tried.status === null ? "no answer" : `answered ${tried.status}`
    } after ${tried.took}${tried.error === "" ? "" : `, ${tried.error}`}`,
  message: "The message",
});
