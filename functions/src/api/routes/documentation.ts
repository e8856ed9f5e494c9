/** The API's description, as a document and as a page. All of it is made or read once and answered from memory. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { problem } from "@vigil/core/problem";
import { etag } from "hono/etag";
import * as z from "zod";
import { anyone } from "../access.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const Description = z
  .looseObject({ openapi: z.string() })
  .meta({ id: "Description", description: "An OpenAPI 3.1 document." });

const unchanged = { 304: { description: "What the caller has is the latest" } };

const description = operation({
  operationId: "getDescription",
  tag: "System",
  method: "get",
  path: "/openapi.json",
  summary: "This description",
  access: anyone,
  around: etag(),
  responses: { 200: json(Description, "An OpenAPI document"), ...unchanged },
});

const page = operation({
  operationId: "getDocumentation",
  tag: "System",
  method: "get",
  path: "/docs",
  summary: "This description as a page",
  access: anyone,
  around: etag(),
  responses: {
    200: { description: "The page", content: { "text/html": { schema: z.string() } } },
    ...unchanged,
  },
});

const asset = operation({
  operationId: "getDocumentationFile",
  tag: "System",
  method: "get",
  path: "/docs/{file}",
  summary: "A file of that page",
  access: anyone,
  around: etag(),
  request: { params: z.object({ file: z.string().meta({ example: "start.js" }) }) },
  responses: {
    200: { description: "The file", content: { "text/javascript": { schema: z.string() } } },
    ...unchanged,
  },
});

type File = { body: string; headers: Record<string, string> };

function fileOf(contentType: string, body: string, cacheControl = "public, max-age=60"): File {
  const tag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  return { body, headers: { "Content-Type": contentType, "Cache-Control": cacheControl, ETag: tag } };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A file of the package swagger-ui-dist. A read that failed is tried again. */
function assetFile(name: string, contentType: string): () => Promise<File> {
  let reading: Promise<File> | undefined;
  return () => {
    reading ??= readAsset(name, contentType).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function readAsset(name: string, contentType: string): Promise<File> {
  const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return fileOf(contentType, await readFile(join(folder, name), "utf8"), "public, max-age=86400");
}

/** @param describe makes the description; called once, at the first request for it */
export function documentationRoutes(describe: () => Promise<object>): OpenAPIHono<Env> {
  const routes = createRouter();
  const described = once(async () => fileOf("application/json", JSON.stringify(await describe())));
  const documentation = fileOf("text/html; charset=utf-8", html);
  const starter = fileOf("text/javascript; charset=utf-8", script);
  const assets = new Map<string, () => File | Promise<File>>([
    ["start.js", () => starter],
    ["swagger-ui.css", assetFile("swagger-ui.css", "text/css; charset=utf-8")],
    ["swagger-ui-bundle.js", assetFile("swagger-ui-bundle.js", "text/javascript; charset=utf-8")],
  ]);
  routes.openapi(description, async (c) => {
    const { body, headers } = await described();
    return c.body(body, 200, headers);
  });
  routes.openapi(page, (c) => c.body(documentation.body, 200, documentation.headers));
  routes.openapi(asset, async (c) => {
    const { file } = c.req.valid("param");
    const found = await assets.get(file)?.();
    if (!found) throw problem("not-found", `no file ${file} in the documentation`);
    return c.body(found.body, 200, found.headers);
  });
  return routes;
}

const script = 'SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true });';

const html = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>Vigil API</title>
  <link rel="stylesheet" href="/docs/swagger-ui.css" />
</head>
<body>
  <div id="docs"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>`;
