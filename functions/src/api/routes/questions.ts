/** Questions to people about items that are near to the boundary of a run's rules. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { answerQuestion, listQuestions, takeBackAnswer } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { question as limits } from "@vigil/core/limits";
import { AnswerInput, QuestionPage, QuestionView } from "@vigil/core/question/wire";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const questionParam = z.object({ id: Id.of("question") });
const NextQuery = z.object({
  run: Id.of("run").optional().describe("Only of this run"),
  limit: z.coerce.number().int().min(1).max(limits.listedMax).default(20),
});

const list = operation({
  operationId: "listQuestions",
  tag: "Questions",
  method: "get",
  path: "/questions",
  summary: "The next questions for whoever asks",
  access: member("member"),
  request: { query: NextQuery },
  responses: { 200: json(QuestionPage, "The next, and how many there are") },
  refuses: [404],
});

const answer = operation({
  operationId: "answerQuestion",
  tag: "Questions",
  method: "post",
  path: "/questions/{id}/answers",
  summary: "Answer a question; the last answer counts, until the run is sealed",
  access: member("member"),
  body: jsonBody(AnswerInput),
  request: { params: questionParam },
  responses: { 200: json(QuestionView, "Answered; the same once more changes nothing") },
  refuses: [409],
});

const takeBack = operation({
  operationId: "takeBackAnswer",
  tag: "Questions",
  method: "delete",
  path: "/questions/{id}/answers",
  summary: "Take back your answer: the question is open again",
  access: member("member"),
  request: { params: questionParam },
  responses: { 200: json(QuestionView, "Open; asked once more, nothing changes") },
  refuses: [409],
});

export function questionRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) =>
    c.json(await listQuestions(c.var.services, c.var.member, c.req.valid("query")), 200),
  );
  routes.openapi(answer, async (c) => {
    const said = { id: c.req.valid("param").id, ...c.req.valid("json") };
    return c.json(await answerQuestion(c.var.services, c.var.member, said), 200);
  });
  routes.openapi(takeBack, async (c) =>
    c.json(await takeBackAnswer(c.var.services, c.var.member, c.req.valid("param").id), 200),
  );
  return routes;
}
