/** How far an erasure has come. */
import type { Erasure } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("erasure", {
  pageTitle: "Erasure · Vigil",
  noErasure: "There is no such erasure",
  calledOff: "It was called off, or the link is not whole.",
  howFar: "How far it has come",
  askedFor: "Asked for",
  begins: "Begins",
  began: "Began",
  done: "Done",
  rows: "Rows",
  files: "Pictures and files",
  cancelled: "Subscriptions cancelled",
  notCancelled: (count: number) =>
    `${count} could not be cancelled from here. Cancel with the payment provider.`,
  receipt: "The receipt",
  receiptWhat: "It is signed with the key that signs Vigil’s evidence log, and names nobody.",
  titles: {
    asked: "An account is to be erased",
    erasing: "An account is being erased",
    erased: "The account was erased",
  } satisfies Readonly<Record<Erasure["state"], string>>,
});
