/** One signed-in visit: the client, the answers so far, and what every part of the page shares. */
import type { QueryClient } from "@tanstack/react-query";
import { type Credential, followStream } from "@vigil/client";
import { createContext, useContext } from "react";
import { createAnswers } from "../api/answers.ts";
import { type Api, connect } from "../api/connect.ts";
import type { Account, Membership } from "../api/contract.ts";
import { createPictureBook, type PictureBook } from "../digest/picture-book.ts";
import { createInboxes, type Inboxes } from "../inbox/inboxes.ts";
import { createLive, type Live } from "./live.ts";
import type { Place } from "./place.ts";
import { createReach, type Reach } from "./reach.ts";

export type Visit = {
  api: Api;
  answers: QueryClient;
  pictures: PictureBook;
  inboxes: Inboxes;
  /** Of long lists, by their names. */
  places: Map<string, Place>;
  reach: Reach;
  live: Live;
};

export function createVisit(credential: Credential, onSignedOut: () => void): Visit {
  const reach = createReach();
  const api = connect({ credential, onReach: reach.report, onSignedOut });
  return {
    api,
    answers: createAnswers(),
    pictures: createPictureBook((id) => api.digest(id, { fresh: true })),
    inboxes: createInboxes(),
    places: new Map(),
    reach,
    live: createLive((options) => followStream({ url: location.origin, ...credential, ...options })),
  };
}

/** Who is here: absent for whoever came with a token. */
type Here = {
  account: Account;
  membership: Membership | undefined /** They have left the account. */;
  onLeft: () => void;
};

export const VisitContext = createContext<(Visit & Here) | null>(null);

/** The visit that surrounds a component. */
export function useVisit(): Visit & Here {
  const visit = useContext(VisitContext);
  if (visit === null) throw new Error("expected a VisitContext around this component, got none");
  return visit;
}

/** Whether the stream runs: known before the account is. */
export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("expected a LiveContext around this component, got none");
  return live;
}
