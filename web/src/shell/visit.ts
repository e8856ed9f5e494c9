/** One signed-in visit: the client, the answers so far, and what every part of the page shares. */
import { createContext, useContext } from "react";
import { type Api, connect } from "../api/connect.ts";
import type { Account } from "../api/contract.ts";
import type { AnswerCache } from "../api/use-polled.ts";
import { createPictureBook, type PictureBook } from "../digest/picture-book.ts";
import { createReach, type Reach } from "./reach.ts";

export type Visit = { api: Api; answers: AnswerCache; pictures: PictureBook; reach: Reach };

export function createVisit(apiUrl: string, token: string, onSignedOut: () => void): Visit {
  const reach = createReach();
  const api = connect({ apiUrl, token, onReach: reach.report, onSignedOut });
  return {
    api,
    answers: new Map(),
    pictures: createPictureBook((id) => api.digest(id, { fresh: true })),
    reach,
  };
}

export const VisitContext = createContext<(Visit & { account: Account }) | null>(null);

/** The visit that surrounds a component. */
export function useVisit(): Visit & { account: Account } {
  const visit = useContext(VisitContext);
  if (visit === null) throw new Error("expected a VisitContext around this component, got none");
  return visit;
}
