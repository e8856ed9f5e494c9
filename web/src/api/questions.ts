/** What the console asks of questions to people, and of sources. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Question, QuestionPage, Source, SourceChange, Verdict } from "./contract.ts";

export type QuestionsApi = {
  /** The next for whoever is here. @param run undefined: of all runs */
  questions: (of: { run: string | undefined; limit: number }, signal?: AbortSignal) => Promise<QuestionPage>;
  answerQuestion: (id: string, answer: Verdict) => Promise<Question>;
  takeBackAnswer: (id: string) => Promise<Question>;
  sources: (signal?: AbortSignal) => Promise<Source[]>;
  changeSource: (id: string, change: SourceChange) => Promise<Source>;
};

export function questionCalls(client: Client, settle: Settle): QuestionsApi {
  return {
    questions: ({ run, limit }, signal) => {
      const query = { limit, ...(run === undefined ? {} : { run }) };
      return settle(client.GET("/v1/questions", { params: { query }, signal: bounded(signal) }));
    },
    answerQuestion: (id, answer) => {
      const params = { path: { id } };
      return settle(
        client.POST("/v1/questions/{id}/answers", { params, body: { answer }, signal: bounded() }),
      );
    },
    takeBackAnswer: (id) =>
      settle(client.DELETE("/v1/questions/{id}/answers", { params: { path: { id } }, signal: bounded() })),
    sources: async (signal) => {
      const { items } = await settle(client.GET("/v1/sources", { signal: bounded(signal) }));
      return items;
    },
    changeSource: (id, body) =>
      settle(client.PATCH("/v1/sources/{id}", { params: { path: { id } }, body, signal: bounded() })),
  };
}
