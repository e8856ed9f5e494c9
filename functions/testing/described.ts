/** The operations of the API as its description has them, with what a caller needs to call each. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../src/api/context.ts";
import { describeApi } from "../src/api/openapi.ts";

export type Described = {
  operationId: string;
  method: string;
  path: string;
  /** Security schemes; empty: anybody may call it. */
  schemes: string[];
  leastRole: "viewer" | "member" | "owner" | undefined;
  parameters: { name: string; in: string; schema: { $ref?: string; example?: unknown } }[];
  /** An example of the JSON body; undefined where there is none. */
  example: unknown;
};

type Operation = {
  operationId: string;
  security: Record<string, never[]>[];
  parameters?: (Described["parameters"][number] | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  "x-least-role"?: Described["leastRole"];
};

export function describedOperations(app: OpenAPIHono<Env>): Described[] {
  const document = describeApi(app);
  const schemas = (document.components?.schemas ?? {}) as Record<string, { examples?: unknown[] }>;
  const parametersByName = (document.components?.parameters ?? {}) as Record<
    string,
    Described["parameters"][number]
  >;
  const nameIn = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);
  const exampleOf = (ref = "") => schemas[nameIn(ref)]?.examples?.[0];
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      operationId: operation.operationId,
      method: method.toUpperCase(),
      path,
      schemes: operation.security.flatMap((requirement) => Object.keys(requirement)),
      leastRole: operation["x-least-role"],
      parameters: (operation.parameters ?? []).map((parameter) => {
        const found = "$ref" in parameter ? parametersByName[nameIn(parameter.$ref)] : parameter;
        if (!found) {
          throw new Error(`expected every parameter to be described, got ${JSON.stringify(parameter)}`);
        }
        return found;
      }),
      example: exampleOf(operation.requestBody?.content["application/json"]?.schema.$ref),
    })),
  );
}
