/** Saying that a digest has been read, or is unread again: noted here at once, and by the API for every screen of the member. */
import { useCallback } from "react";
import { useVisit } from "../shell/visit.ts";

export type Reading = {
  mark: (id: string, read: boolean) => void;
  /** @param newestId of all that has been seen */
  markAll: (newestId: string) => void;
};

export function useReading(): Reading {
  const { api, inboxes, answers } = useVisit();
  const settle = useCallback(
    (asked: Promise<void>) => {
      // What was not noted comes back with the next answer.
      asked
        .catch(() => answers.invalidateQueries({ queryKey: ["digests"] }))
        .finally(() => void answers.invalidateQueries({ queryKey: ["unread"] }));
    },
    [answers],
  );
  const mark = useCallback(
    (id: string, read: boolean) => {
      inboxes.noteReading(read, id);
      settle(api.markReading(id, read));
    },
    [api, inboxes, settle],
  );
  const markAll = useCallback(
    (newestId: string) => {
      inboxes.noteReading(true);
      settle(api.markReadUpTo(newestId));
    },
    [api, inboxes, settle],
  );
  return { mark, markAll };
}
