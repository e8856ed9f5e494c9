import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { describe, it } from "node:test";
import { createGuard } from "./guard.ts";
import { html } from "./html.ts";
import { measure, size, span } from "./words.ts";

function request(part: { method?: string; headers?: Record<string, string> }): IncomingMessage {
  const { method = "GET", headers = {} } = part;
  return { method, headers: { host: "127.0.0.1:8096", ...headers } } as unknown as IncomingMessage;
}

const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`me:${password}`).toString("base64")}`,
});

describe("who may see the local page", () => {
  it("is everybody on this machine, by this machine's own name", () => {
    const guard = createGuard(undefined, () => 0);
    assert.equal(guard.check(request({})), undefined);
    assert.equal(guard.check(request({ headers: { host: "localhost:8096" } })), undefined);
    assert.equal(guard.check(request({ headers: { host: "evil.example" } }))?.status, 403);
  });

  it("is whoever knows the password, and nobody may guess for long", () => {
    let now = 0;
    const guard = createGuard("a good long password", () => now);
    const remote = { host: "10.0.0.5:8096" };
    assert.equal(guard.check(request({ headers: remote }))?.status, 401);
    assert.equal(
      guard.check(request({ headers: { ...remote, ...basic("a good long password") } })),
      undefined,
    );
    for (let tries = 0; tries < 20; tries += 1) {
      guard.check(request({ headers: { ...remote, ...basic("wrong") } }));
    }
    assert.equal(
      guard.check(request({ headers: { ...remote, ...basic("a good long password") } }))?.status,
      429,
    );
    now = 61_000;
    assert.equal(
      guard.check(request({ headers: { ...remote, ...basic("a good long password") } })),
      undefined,
    );
  });

  it("changes nothing at the wish of another page", () => {
    const guard = createGuard(undefined, () => 0);
    const post = (origin?: string) =>
      guard.check(request({ method: "POST", headers: origin ? { origin } : {} }));
    assert.equal(post("http://127.0.0.1:8096"), undefined);
    assert.equal(post("http://evil.example")?.status, 403);
    assert.equal(post()?.status, 403);
  });
});

describe("the local page's words", () => {
  it("escapes every value", () => {
    assert.equal(
      html`<p title="${'"'}">${"<script>"}${html`<b>${1}</b>`}</p>`.text,
      '<p title="&quot;">&lt;script&gt;<b>1</b></p>',
    );
  });

  it("says times, sizes and measures as people read them", () => {
    assert.deepEqual([span(0.2), span(240), span(7_200), span(200_000)], ["0 s", "4 min", "2 h", "2 days"]);
    assert.deepEqual([size(12), size(1_234_567), size(74e9)], ["12 B", "1.2 MB", "74 GB"]);
    assert.deepEqual(
      [measure({ value: 31.24, unit: "°C" }), measure({ value: 1, unit: "on" })],
      ["31.2 °C", "on"],
    );
  });
});
