/** Runs: bulk intakes of pictures. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  decideGroups,
  getRun,
  getRunManifest,
  listRunGroups,
  listRunItems,
  listRuns,
  moveRun,
  nameItems,
  openRun,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { run as limits } from "@vigil/core/limits";
import { parseCursor } from "@vigil/core/page";
import {
  GroupDecision,
  GroupPage,
  ItemPage,
  ItemsInput,
  ItemsReply,
  RunActionInput,
  RunInput,
  RunManifest,
  RunView,
} from "@vigil/core/run/wire";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const runParam = z.object({ id: Id.of("run") });
const AfterQuery = z.object({
  limit: PageQuery.shape.limit,
  after: z.coerce.number().int().min(-1).default(-1).describe("The `nextAfter` of the page before"),
});

const ItemsQuery = AfterQuery.extend({
  group: z
    .string()
    .regex(/^(none|\d{1,7})$/, "expected the number of a group, or none")
    .optional()
    .describe("Only items of this group; `none`: only those that stand alone"),
});

const open = operation({
  operationId: "openRun",
  tag: "Runs",
  method: "post",
  path: "/runs",
  summary: "Open a run for pictures of one source",
  access: member("member"),
  idempotency: "required",
  body: jsonBody(RunInput),
  responses: { 201: json(RunView, "Open, and listing") },
});

const list = operation({
  operationId: "listRuns",
  tag: "Runs",
  method: "get",
  path: "/runs",
  summary: "Runs of the account, newest first",
  access: member("viewer"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("RunPage", RunView), "A page of runs") },
});

const one = operation({
  operationId: "getRun",
  tag: "Runs",
  method: "get",
  path: "/runs/{id}",
  summary: "One run: its state, and how its items ended",
  access: member("viewer"),
  request: { params: runParam },
  responses: { 200: json(RunView, "The run") },
});

const name = operation({
  operationId: "nameRunItems",
  tag: "Runs",
  method: "post",
  path: "/runs/{id}/items",
  summary: "Name items of a run, at most 256 at a time; the answer says whose bytes must be uploaded first",
  access: member("member"),
  body: jsonBody(ItemsInput, { bytesMax: limits.itemsJsonBytesMax }),
  request: { params: runParam },
  responses: { 200: json(ItemsReply, "What was accepted, and what is missing") },
  refuses: [409],
});

const items = operation({
  operationId: "listRunItems",
  tag: "Runs",
  method: "get",
  path: "/runs/{id}/items",
  summary: "Items of a run, in order, with what was seen in them",
  access: member("viewer"),
  request: { params: runParam, query: ItemsQuery },
  responses: { 200: json(ItemPage, "A page of items") },
});

const groups = operation({
  operationId: "listRunGroups",
  tag: "Runs",
  method: "get",
  path: "/runs/{id}/groups",
  summary: "Items of a run that show the same",
  access: member("viewer"),
  request: { params: runParam, query: AfterQuery },
  responses: { 200: json(GroupPage, "A page of groups") },
});

const decide = operation({
  operationId: "decideRunGroups",
  tag: "Runs",
  method: "post",
  path: "/runs/{id}/groups",
  summary: "Take items of a run out of their group, or join groups, before it is sealed",
  access: member("member"),
  body: jsonBody(GroupDecision),
  request: { params: runParam },
  responses: { 204: { description: "Done; asked once more, nothing changes" } },
  refuses: [409],
});

const move = operation({
  operationId: "moveRun",
  tag: "Runs",
  method: "post",
  path: "/runs/{id}/actions",
  summary: "Finish the listing of a run, pause, resume, cancel or seal it, or roll it back",
  access: member("member"),
  body: jsonBody(RunActionInput),
  request: { params: runParam },
  responses: { 200: json(RunView, "The run afterwards; asked once more, nothing changes") },
  refuses: [409],
});

const manifest = operation({
  operationId: "getRunManifest",
  tag: "Runs",
  method: "get",
  path: "/runs/{id}/manifest",
  summary: "The signed manifest that was made for a run last, and where its segments are",
  access: member("viewer"),
  request: { params: runParam },
  responses: { 200: json(RunManifest, "The manifest") },
});

export function runRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(open, async (c) =>
    c.json(await openRun(c.var.services, c.var.member, c.req.valid("json")), 201),
  );
  routes.openapi(list, async (c) => {
    const { accountId } = c.var.member;
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listRuns(c.var.services, { accountId, limit, before: parseCursor("run", cursor) }),
      200,
    );
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getRun(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(name, async (c) => {
    const { accountId } = c.var.member;
    const named = { accountId, runId: c.req.valid("param").id, items: c.req.valid("json").items };
    return c.json(await nameItems(c.var.services, named), 200);
  });
  routes.openapi(items, async (c) => {
    const { accountId } = c.var.member;
    const page = { accountId, id: c.req.valid("param").id, ...c.req.valid("query") };
    return c.json(await listRunItems(c.var.services, page), 200);
  });
  routes.openapi(groups, async (c) => {
    const { accountId } = c.var.member;
    const page = { accountId, id: c.req.valid("param").id, ...c.req.valid("query") };
    return c.json(await listRunGroups(c.var.services, page), 200);
  });
  routes.openapi(decide, async (c) => {
    await decideGroups(c.var.services, c.var.member, c.req.valid("param").id, c.req.valid("json"));
    return c.body(null, 204);
  });
  routes.openapi(move, async (c) => {
    const { action } = c.req.valid("json");
    return c.json(await moveRun(c.var.services, c.var.member, { id: c.req.valid("param").id, action }), 200);
  });
  routes.openapi(manifest, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getRunManifest(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
