/** Questions one after the other: answers are sent while the next is shown, and more are fetched before they run out. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Question, Verdict } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import * as Turn from "./turn.ts";

/** Fetched at once, with their pictures, which are good for a minute. */
const fetched = 12;
/** From so few on more are fetched. */
const few = 6;

export function useTurn(run: string | undefined) {
  const { api } = useVisit();
  const [turn, setTurn] = useState(Turn.beginning);
  const [fault, setFault] = useState<string>();
  const sending = useRef(new Map<string, Promise<unknown>>());
  const deeds = useRef(0);
  const fetching = useRef<"no" | "yes" | "once more">("no");

  const fetchMore = useCallback(async () => {
    if (fetching.current !== "no") {
      fetching.current = "once more";
      return;
    }
    do {
      fetching.current = "yes";
      try {
        const before = deeds.current;
        // What is on its way would be named again; and what is asked twice comes once the rest has arrived.
        await Promise.allSettled(sending.current.values());
        const page = await api.questions({ run, limit: fetched });
        const isExact = deeds.current === before;
        setTurn((now) => Turn.take(now, page, isExact));
      } catch (error) {
        setFault(explain(error).what);
      }
    } while (isWantedAgain(fetching));
    fetching.current = "no";
  }, [api, run]);

  const { isNew } = turn;
  const isShort = turn.waiting.length <= few && turn.waiting.length < turn.open;
  useEffect(() => {
    if (isNew || isShort) void fetchMore();
  }, [isNew, isShort, turn.waiting.length, fetchMore]);

  /** After whatever is on its way of the same question. */
  const send = (question: Question, work: () => Promise<unknown>, undone: (turn: Turn.Turn) => Turn.Turn) => {
    setFault(undefined);
    deeds.current += 1;
    const before = sending.current.get(question.id) ?? Promise.resolve();
    const sent = before
      .then(work)
      .catch((error: unknown) => {
        setFault(`${explain(error).what} ${explain(error).next}`);
        setTurn(undone);
      })
      .finally(() => {
        if (sending.current.get(question.id) === sent) sending.current.delete(question.id);
      });
    sending.current.set(question.id, sent);
  };

  return {
    ...turn,
    fault,
    /** A picture's address is good no longer. */
    refresh: () => void fetchMore(),
    answer: (said: Verdict) => {
      const [question] = turn.waiting;
      if (!question) return;
      setTurn((before) => Turn.answer(before, said));
      send(
        question,
        () => api.answerQuestion(question.id, said),
        (now) => Turn.putBack(now, question.id),
      );
    },
    undo: () => {
      const last = turn.answered.at(-1);
      if (!last) return;
      setTurn(Turn.undo);
      send(
        last.question,
        () => api.takeBackAnswer(last.question.id),
        (now) => Turn.drop(now, last.question.id),
      );
    },
  };
}

/** Somebody has asked while it was fetched. */
function isWantedAgain({ current }: { current: "no" | "yes" | "once more" }): boolean {
  return current === "once more";
}
