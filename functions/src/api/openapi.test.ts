/** The API's description: true, whole, and good enough to generate clients from. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import type { Services } from "@vigil/core/flow";
import { Ajv2020 } from "ajv/dist/2020.js";
import { signIn } from "../../testing/api.ts";
import { createApp } from "../app.ts";
import { describeApi } from "./openapi.ts";

// Describing the routes calls none of them, so no service is needed.
const app = createApp({} as Services, { signIn });
const document = describeApi(app);
const committed = new URL("../../../docs/api/openapi.json", import.meta.url);

type Media = Record<string, { schema: { $ref?: string } }>;
type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, never[]>[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { required: boolean; content: Media };
  responses: Record<string, { $ref?: string; description?: string; content?: Media }>;
};

const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
);

describe("the API's description", () => {
  it("is the one in docs/api", async () => {
    const text = await readFile(committed, "utf8");
    assert.equal(text, `${JSON.stringify(document, null, 2)}\n`, "run: npm run openapi");
  });

  it("holds every route that the app serves, and no other", () => {
    const served = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    assert.deepEqual([...new Set(served)].toSorted(), described.toSorted());
  });

  it("says who may call each operation, names it once, and puts it under a tag", () => {
    const schemes = Object.keys(document.components?.securitySchemes ?? {});
    const tags = document.tags?.map(({ name }) => name) ?? [];
    for (const { operationId, security, tags: its, summary } of operations) {
      assert.ok(Array.isArray(security), operationId);
      for (const requirement of security) {
        for (const scheme of Object.keys(requirement)) assert.ok(schemes.includes(scheme), operationId);
      }
      assert.ok(its.length === 1 && its.every((tag) => tags.includes(tag)), operationId);
      assert.notEqual(summary, "");
    }
    const names = operations.map(({ operationId }) => operationId);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("has a name for every JSON that goes in or comes out", () => {
    for (const { operationId, requestBody, responses } of operations) {
      assert.ok(requestBody === undefined || requestBody.required, operationId);
      for (const { content = {} } of [...(requestBody ? [requestBody] : []), ...Object.values(responses)]) {
        for (const [type, { schema }] of Object.entries(content)) {
          if (type === "application/json") {
            assert.ok(schema.$ref, `${operationId}: ${JSON.stringify(schema)}`);
          }
        }
      }
    }
  });

  it("has examples that match their schemas, and one for every JSON body", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, "api");
    const examples = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      ((schema as { examples?: unknown[] }).examples ?? []).map((example) => ({ name, example })),
    );
    for (const { name, example } of examples) {
      const matches = ajv.compile({ $ref: `api#/components/schemas/${name}` });
      assert.ok(matches(example), `${name}: ${ajv.errorsText(matches.errors)}`);
    }
    const shown = new Set(examples.map(({ name }) => `#/components/schemas/${name}`));
    const asked = operations.flatMap(
      ({ requestBody }) => requestBody?.content["application/json"]?.schema.$ref ?? [],
    );
    assert.deepEqual(
      asked.filter((ref) => !shown.has(ref)),
      [],
    );
  });

  it("describes bodies as they are enforced: an empty batch is refused, and its schema says so", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, "api");
    const matches = ajv.compile({ $ref: "api#/components/schemas/EventBatch" });
    assert.equal(matches({ events: [] }), false);
    assert.equal(matches({}), false);
  });
});
