/** For whoever runs Vigil: which detector is in use, why, and what might take its place. Every change is audited. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { ExperimentInput, ExperimentView, PairsInput } from "@vigil/core/experiment/wire";
import {
  answerDisagreement,
  getModelRecord,
  listDisagreements,
  listExperiments,
  listModels,
  openExperiment,
  promoteModel,
  recordPairs,
  registerModel,
  rollBackModel,
  stopExperiment,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import {
  DecisionRecord,
  ModelInput,
  ModelsView,
  PromotionInput,
  RollBackInput,
} from "@vigil/core/model/wire";
import { DisagreementAnswer, Disagreements } from "@vigil/core/shadow/wire";
import * as z from "zod";
import { operator } from "../api/access.ts";
import { jsonBody } from "../api/body.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json } from "../api/schema.ts";

const ofOperators = { tag: "Operators", access: operator } as const;
const experimentParam = z.object({ id: Id.of("experiment") });
const disagreementNo = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).meta({ example: 1 });
const pairsBytesMax = 512 * 1024;

const list = operation({
  ...ofOperators,
  operationId: "listModels",
  method: "get",
  path: "/models",
  summary: "Which model is in use, who decided so why, and which are registered",
  responses: { 200: json(ModelsView, "The models") },
});

const register = operation({
  ...ofOperators,
  operationId: "registerModel",
  method: "post",
  path: "/models",
  summary: "Register a prepared model, so that it can be promoted; the same again changes nothing",
  body: jsonBody(ModelInput),
  responses: { 200: json(ModelsView, "The models") },
});

const promote = operation({
  ...ofOperators,
  operationId: "promoteModel",
  method: "post",
  path: "/models/promotions",
  summary: "Have every worker use a registered model, on your own word",
  body: jsonBody(PromotionInput),
  responses: { 200: json(ModelsView, "The models; asked once more, nothing changes") },
  refuses: [404, 409],
});

const rollBack = operation({
  ...ofOperators,
  operationId: "rollBackModel",
  method: "post",
  path: "/models/roll-backs",
  summary: "Go back to the model that was in use before the last decision",
  body: jsonBody(RollBackInput),
  responses: { 200: json(ModelsView, "The models") },
  refuses: [409],
});

const record = operation({
  ...ofOperators,
  operationId: "getModelRecord",
  method: "get",
  path: "/models/record",
  summary: "All decisions on models, signed, as vigil-verify checks them",
  responses: { 200: json(DecisionRecord, "The record") },
});

const experiments = operation({
  ...ofOperators,
  operationId: "listExperiments",
  method: "get",
  path: "/experiments",
  summary: "Models that were compared with the one in use, the newest 50 first",
  responses: {
    200: json(z.object({ items: z.array(ExperimentView) }).meta({ id: "Experiments" }), "The experiments"),
  },
});

const open = operation({
  ...ofOperators,
  operationId: "openExperiment",
  method: "post",
  path: "/experiments",
  summary: "Compare a registered model with the one in use; one that runs already with it is the answer",
  body: jsonBody(ExperimentInput),
  responses: { 200: json(ExperimentView, "The experiment") },
  refuses: [404, 409],
});

const pairs = operation({
  ...ofOperators,
  operationId: "recordExperimentPairs",
  method: "post",
  path: "/experiments/{id}/pairs",
  summary: "Say of items which of the two models was right; it promotes, blocks or takes back by itself",
  body: jsonBody(PairsInput, { bytesMax: pairsBytesMax }),
  request: { params: experimentParam },
  responses: { 200: json(ExperimentView, "How it stands now") },
  refuses: [409],
});

const stop = operation({
  ...ofOperators,
  operationId: "stopExperiment",
  method: "post",
  path: "/experiments/{id}/stop",
  summary: "Take no more pairs; asked once more, nothing changes",
  request: { params: experimentParam },
  responses: { 200: json(ExperimentView, "The experiment") },
});

const disagreements = operation({
  ...ofOperators,
  operationId: "listDisagreements",
  method: "get",
  path: "/experiments/{id}/disagreements",
  summary: "Pictures of which its two models say different things, of accounts that take part in trials",
  request: { params: experimentParam },
  responses: { 200: json(Disagreements, "What each says; which is which is not told") },
});

const answer = operation({
  ...ofOperators,
  operationId: "answerDisagreement",
  method: "put",
  path: "/experiments/{id}/disagreements/{no}/answer",
  summary: "Say which of the two is right; one that is answered already, or gone, changes nothing",
  body: jsonBody(DisagreementAnswer),
  request: {
    params: experimentParam.extend({ no: disagreementNo }),
  },
  responses: { 200: json(ExperimentView, "How it stands now") },
});

export function modelRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => c.json(await listModels(c.var.services), 200));
  routes.openapi(register, async (c) =>
    c.json(await registerModel(c.var.services, c.var.operator.actor, c.req.valid("json")), 200),
  );
  routes.openapi(promote, async (c) =>
    c.json(await promoteModel(c.var.services, c.var.operator.actor, c.req.valid("json")), 200),
  );
  routes.openapi(rollBack, async (c) =>
    c.json(await rollBackModel(c.var.services, c.var.operator.actor, c.req.valid("json")), 200),
  );
  routes.openapi(record, async (c) => c.json(await getModelRecord(c.var.services), 200));
  routes.openapi(experiments, async (c) => c.json(await listExperiments(c.var.services), 200));
  routes.openapi(open, async (c) =>
    c.json(await openExperiment(c.var.services, c.var.operator.actor, c.req.valid("json")), 200),
  );
  routes.openapi(pairs, async (c) =>
    c.json(await recordPairs(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(disagreements, async (c) =>
    c.json(await listDisagreements(c.var.services, c.req.valid("param").id), 200),
  );
  routes.openapi(answer, async (c) => {
    const { id: experimentId, no } = c.req.valid("param");
    const asked = { experimentId, no, ...c.req.valid("json") };
    return c.json(await answerDisagreement(c.var.services, c.var.operator.actor, asked), 200);
  });
  routes.openapi(stop, async (c) =>
    c.json(await stopExperiment(c.var.services, c.req.valid("param").id), 200),
  );
  return routes;
}
