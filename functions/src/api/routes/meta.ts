/** What the API says of itself: health, metrics, its description and its documentation. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { problem } from "@vigil/core/problem";
import { html } from "hono/html";
import type { Env } from "../context.ts";
import { renderMetrics } from "../metrics.ts";
import { createRouter } from "../router.ts";

/** The files of the documentation page, from the package swagger-ui-dist. */
const assets: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
};

export function metaRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.get("/healthz", async (c) => {
    await c.get("services").database.ping();
    return c.json({ status: "ok" });
  });
  routes.get("/metrics", async (c) => {
    const { body, contentType } = await renderMetrics(c.get("services"));
    return c.body(body, 200, { "Content-Type": contentType });
  });
  routes.get("/docs", (c) => c.html(page));
  routes.get("/docs/start.js", (c) =>
    c.body('SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true });', 200, {
      "Content-Type": "text/javascript; charset=utf-8",
    }),
  );
  routes.get("/docs/:file", async (c) => {
    const file = c.req.param("file");
    const contentType = assets[file];
    if (contentType === undefined) throw problem("not-found", `no file ${file} in the documentation`);
    const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
    return c.body(await readFile(join(folder, file), "utf8"), 200, {
      "Content-Type": contentType,
      "Cache-Control": "public, max-age=86400",
    });
  });
  return routes;
}

const page = html`<!doctype html>
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
