import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { member } from "./access.ts";
import { operation } from "./operation.ts";
import { createRouter, declaredBy } from "./router.ts";
import { json } from "./schema.ts";

const spec = {
  operationId: "getNothing",
  tag: "System",
  method: "get",
  path: "/nothing",
  summary: "Nothing",
  responses: { 200: json(z.object({}), "Nothing") },
} as const;

describe("an operation", () => {
  it("does not compile, and does not start, without saying who may call it", () => {
    assert.throws(
      // @ts-expect-error access is required
      () => operation(spec),
      TypeError,
    );
  });

  it("gives its handler the caller that it declares, and no other", () => {
    const routes = createRouter();
    routes.openapi(operation({ ...spec, access: member("viewer") }), (c) => {
      const { accountId } = c.var.member;
      // @ts-expect-error this operation is not for devices
      const { deviceId } = c.var.device;
      return c.json({ accountId, deviceId }, 200);
    });
    assert.deepEqual(declaredBy(routes).length, 1);
  });

  it("lists the refusals that follow from what it asks for", () => {
    const declared = operation({
      ...spec,
      access: member("owner"),
      request: { params: z.object({ id: z.string() }), query: z.object({}) },
      refuses: [503],
    }) as { responses: object };
    assert.deepEqual(Object.keys(declared.responses), ["200", "400", "401", "403", "404", "503"]);
  });
});
