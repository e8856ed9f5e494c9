/**
 * Whose turn it is: questions that wait, and what was answered so far. Pure. An answer counts on the page at once; whether it
 * has arrived is told later.
 */
import type { Question, QuestionPage, Verdict } from "../api/contract.ts";

export type Answered = { question: Question; answer: Verdict };

export type Turn = {
  /** The first is asked now. */
  waiting: readonly Question[];
  /** The last can be taken back first. */
  answered: readonly Answered[];
  /** Of everybody's, as far as it is known. */
  open: number;
  done: number;
  /** Nothing was asked for yet. */
  isNew: boolean;
};

export const beginning: Turn = { waiting: [], answered: [], open: 0, done: 0, isNew: true };

/**
 * What has come from the API: new ones behind those that wait, which keep their place and get fresh pictures.
 * @param isExact nothing was answered here while it came; otherwise nobody knows which answers its counts have in them
 */
export function take(turn: Turn, page: QuestionPage, isExact: boolean): Turn {
  const fresh = new Map(page.items.map((question) => [question.id, question]));
  const own = [...turn.waiting, ...turn.answered.map(({ question }) => question)];
  const known = new Set(own.map(({ id }) => id));
  const waiting = turn.waiting.map((question) => fresh.get(question.id) ?? question);
  return {
    ...turn,
    ...(isExact ? { open: page.open, done: page.answered } : {}),
    waiting: [...waiting, ...page.items.filter(({ id }) => !known.has(id))],
    isNew: false,
  };
}

export function answer(turn: Turn, said: Verdict): Turn {
  const [question, ...waiting] = turn.waiting;
  if (!question) return turn;
  const answered = [...turn.answered, { question, answer: said }];
  return { ...turn, waiting, answered, open: Math.max(0, turn.open - 1), done: turn.done + 1 };
}

/** The last answer is taken back, and its question asked again. */
export function undo(turn: Turn): Turn {
  const last = turn.answered.at(-1);
  if (!last) return turn;
  return putBack(turn, last.question.id);
}

/** An answer did not arrive, or was taken back. */
export function putBack(turn: Turn, id: string): Turn {
  const found = turn.answered.find(({ question }) => question.id === id);
  if (!found) return turn;
  const answered = turn.answered.filter((one) => one !== found);
  const waiting = [found.question, ...turn.waiting];
  return { ...turn, waiting, answered, open: turn.open + 1, done: Math.max(0, turn.done - 1) };
}

/** A question that nobody may answer any more. */
export function drop(turn: Turn, id: string): Turn {
  return { ...turn, waiting: turn.waiting.filter((question) => question.id !== id) };
}
