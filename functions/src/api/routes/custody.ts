/** The evidence log: its signed states, and what proves that evidence is in it. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Checkpoint, Consistency, Custody } from "@vigil/core/custody/wire";
import { getCheckpoint, getConsistency, getCustodyOfDigest, getCustodyOfEvent } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { anyone, member } from "../access.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const checkpoint = operation({
  operationId: "getLogCheckpoint",
  tag: "Custody",
  method: "get",
  path: "/log/checkpoint",
  summary: "The newest signed state of the evidence log",
  description: "Whoever keeps it can later prove, with the proof of consistency, that nothing was taken out.",
  access: anyone,
  responses: { 200: json(Checkpoint, "The checkpoint") },
});

const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const consistency = operation({
  operationId: "getLogConsistency",
  tag: "Custody",
  method: "get",
  path: "/log/consistency",
  summary: "Proof that the evidence log was only ever added to",
  access: anyone,
  request: {
    query: z.object({
      from: size.meta({ example: 0 }),
      to: size.optional().describe("Left out: the newest signed size"),
    }),
  },
  responses: { 200: json(Consistency, "The proof") },
});

const ofDigest = operation({
  operationId: "getCustodyOfDigest",
  tag: "Custody",
  method: "get",
  path: "/digests/{id}/custody",
  summary: "What the evidence log knows of a digest and of the moments that it rests on, with proofs",
  access: member("viewer"),
  request: { params: z.object({ id: Id.of("digest") }) },
  responses: { 200: json(Custody, "Leaves and proofs") },
});

const ofEvent = operation({
  operationId: "getCustodyOfEvent",
  tag: "Custody",
  method: "get",
  path: "/events/{id}/custody",
  summary: "What the evidence log knows of an event's moments, with proofs",
  access: member("viewer"),
  request: { params: z.object({ id: Id.of("event") }) },
  responses: { 200: json(Custody, "Leaves and proofs") },
});

export function custodyRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(checkpoint, async (c) => c.json(await getCheckpoint(c.var.services), 200));
  routes.openapi(consistency, async (c) =>
    c.json(await getConsistency(c.var.services, c.req.valid("query")), 200),
  );
  routes.openapi(ofDigest, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getCustodyOfDigest(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(ofEvent, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getCustodyOfEvent(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
