import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Services } from "@vigil/core/flow";
import { signIn } from "../../../testing/api.ts";
import { createApp } from "../../app.ts";
import { createRouter } from "../router.ts";
import { documentationRoutes } from "./documentation.ts";

describe("what the API says of itself", () => {
  it("makes its description once, however often it is asked for", async () => {
    let made = 0;
    const app = createRouter().route(
      "/",
      documentationRoutes(async () => ({ openapi: `3.1.${++made}` })),
    );
    const answers = await Promise.all(Array.from({ length: 20 }, async () => app.request("/openapi.json")));
    for (const answer of answers) assert.deepEqual(await answer.json(), { openapi: "3.1.1" });
    assert.equal(made, 1);
  });

  it("answers 304 to whoever has the latest, for the description and every file of the page", async () => {
    // None of it asks for a service.
    const app = createApp({} as Services, { signIn });
    for (const path of [
      "/openapi.json",
      "/docs",
      "/docs/start.js",
      "/docs/swagger-ui.css",
      "/docs/swagger-ui-bundle.js",
    ]) {
      const first = await app.request(path);
      assert.equal(first.status, 200, path);
      const tag = first.headers.get("etag") ?? "";
      assert.match(tag, /^"[\w-]+"$/);
      assert.match(first.headers.get("cache-control") ?? "", /max-age/);
      const again = await app.request(path, { headers: { "if-none-match": tag } });
      assert.deepEqual([again.status, await again.text()], [304, ""], path);
    }
    assert.equal((await app.request("/docs/package.json")).status, 404);
    assert.equal((await app.request("/docs/constructor")).status, 404);
  });
});
