/** The OpenAPI 3.1 document, generated from the schemas that validate. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "./context.ts";

/** @param origin the server that the document names */
export function describeApi(app: OpenAPIHono<Env>, origin: string): object {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Vigil",
      version: "1",
      description: "Turns what cameras and sensors report into short, explained digests.",
      license: { name: "Apache-2.0" },
    },
    servers: [{ url: origin }],
  });
}
