/** The OpenAPI 3.1 document: the paths as the operations declare them, the schemas as they validate. */
import { OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod";
import { securitySchemes } from "./access.ts";
import type { Env } from "./context.ts";
import { declaredBy } from "./router.ts";
import { refusalComponents, tags } from "./schema.ts";
import { shareParameters } from "./share-parameters.ts";

/** What holds for every operation. CommonMark. */
const introduction = `Turns what cameras and sensors report into short, explained digests.

**Sending again.** Events have an id of yours: the same event sent twice is one event. Other requests that make something take
an \`Idempotency-Key\`: the same key and body answer the same, another body is 422, and one that is still under way 409. After
409 \`idempotency-answer-lost\`, which follows a crash between the two, the request was carried out once: list what it made and
go on with that; what only its answer held, such as a device's key, is had by revoking it and adding another.

**Lists** come in pages, newest first: pass the \`nextCursor\` of a page to get the next one.

**Refusals** are problems (RFC 9457). Their \`code\` is for programs, \`detail\` says what was expected and what came, and
\`requestId\` is what to quote. 429, 503 and a 409 that is still under way say in \`Retry-After\` when to ask again.`;

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type OperationObject = { security?: object[] };
type Schemas = NonNullable<NonNullable<Document["components"]>["schemas"]>;

export function describeApi(app: OpenAPIHono<Env>): Document {
  const library = new OpenAPIHono();
  for (const operation of declaredBy(app)) library.openAPIRegistry.registerPath(operation);
  const {
    webhooks: _webhooks,
    components: _components,
    ...document
  } = library.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Vigil",
      version: "1",
      description: introduction,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  });
  const responses = Object.fromEntries(refusalComponents().map(({ name, component }) => [name, component]));
  const { paths, parameters } = shareParameters(document.paths ?? {});
  return {
    ...document,
    paths,
    components: {
      schemas: schemasOf({ paths, parameters, responses }, allSchemas()),
      parameters,
      responses,
      securitySchemes,
    },
  };
}

/**
 * Every schema that has a name. They are made by Zod itself: what the library of the paths makes of a nullable reference
 * does not admit null, or makes the named schema nullable for everybody.
 */
function allSchemas(): Schemas {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: "input",
    uri: (name) => prefix + name,
    override: ({ zodSchema, jsonSchema }) => {
      simplify(jsonSchema);
      // Left out by Zod where something is transformed on the way in; ours are examples of what goes in.
      const { id, examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (id !== undefined && examples !== undefined) jsonSchema.examples = [...(examples as unknown[])];
    },
  }) as { schemas: Schemas };
  // Names are told by where a schema stands, and the dialect by the document.
  for (const schema of Object.values(schemas) as z.core.JSONSchema.BaseSchema[]) {
    delete schema.$schema;
    delete schema.$id;
  }
  return schemas;
}

const prefix = "#/components/schemas/";

/** Those of the schemas that something refers to, or that these refer to, by name. */
function schemasOf(from: object, all: Schemas): Schemas {
  const found: Schemas = {};
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, part] of Object.entries(value)) {
      if (key !== "$ref" || typeof part !== "string" || !part.startsWith(prefix)) visit(part);
      else add(part.slice(prefix.length));
    }
  };
  const add = (name: string): void => {
    if (name in found) return;
    const schema = all[name];
    if (!schema) throw new Error(`expected a schema with .meta({ id: "${name}" })`);
    found[name] = schema;
    visit(schema);
  };
  visit(from);
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The document without the operations that none of these kinds of key may call, and without what only they need. */
export function partFor(schemes: readonly (keyof typeof securitySchemes)[], document: Document): Document {
  const paths = Object.entries(document.paths ?? {}).flatMap(([path, item]) => {
    const operations = Object.entries(item).filter(([, { security }]: [string, OperationObject]) =>
      security?.some((requirement) => schemes.some((scheme) => scheme in requirement)),
    );
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)]];
  });
  const part = { ...document, paths: Object.fromEntries(paths) as NonNullable<Document["paths"]> };
  const { schemas = {}, parameters: all = {}, ...components } = document.components ?? {};
  const asked = JSON.stringify(part.paths);
  const parameters = Object.fromEntries(
    Object.entries(all).filter(([name]) => asked.includes(`"#/components/parameters/${name}"`)),
  );
  const needed = { paths: part.paths, parameters, responses: components.responses };
  return { ...part, components: { ...components, parameters, schemas: schemasOf(needed, schemas) } };
}

/** Drops what says nothing that its neighbours do not say. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format === "date-time" || schema.$ref === `${prefix}Instant`) delete schema.pattern;
  // Said by maxItems; some tools take false for no schema.
  if (schema.items === false) schema.items = {};
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.propertyNames && Object.keys(schema.propertyNames).join() === "type") {
    delete schema.propertyNames;
  }
}
