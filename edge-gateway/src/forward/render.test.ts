import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventInput } from "@vigil/core/event/wire";
import { accept } from "@vigil/core/limits";
import type { Item } from "../store/item.ts";
import { render } from "./render.ts";

const now = Date.UTC(2026, 10, 27, 12);
const grid = { name: "grid.png", contentType: "image/png", bytes: 10, sha256: "a".repeat(64) } as const;
const item: Item = {
  id: "shop.1-0a1b.7",
  state: "heard",
  urgent: true,
  heard: { type: "smoke", zone: "kitchen", confidence: 0.9, attributes: { device: "S1" } },
  at: { wallMs: 0, monotonicMs: 0 },
  boot: 1,
  body: null,
  eventId: null,
  evidence: [{ ...grid, signature: { keyId: "0".repeat(16), sequence: 1, at: "", signature: "" } }],
};

function bodyOf(rendered: ReturnType<typeof render>): EventInput {
  assert.ok("body" in rendered, JSON.stringify(rendered));
  return EventInput.parse(JSON.parse(rendered.body));
}

describe("rendering", () => {
  it("makes an event as the API takes it", () => {
    const body = bodyOf(render(item, { trueMs: now - 5, quality: "checked" }, now));
    assert.deepEqual(body, {
      id: item.id,
      ...item.heard,
      occurredAt: new Date(now - 5).toISOString(),
      evidence: [grid],
    });
  });

  it("says where the time is not certain", () => {
    const body = bodyOf(render(item, { trueMs: now, quality: "estimated" }, now));
    assert.equal(body.attributes?.["clock"], "estimated");
  });

  it("tells of what is older than the API takes, at the earliest time that it takes, with the true one beside it", () => {
    const trueMs = now - accept.eventAgeMsMax - 1;
    const body = bodyOf(render(item, { trueMs, quality: "checked" }, now));
    assert.ok(Date.parse(body.occurredAt) > now - accept.eventAgeMsMax);
    assert.equal(body.attributes?.["heardAt"], new Date(trueMs).toISOString());
  });

  it("refuses here what the API would refuse there", () => {
    const loud = { ...item, heard: { ...item.heard, attributes: { words: "x".repeat(5_000) } } };
    const rendered = render(loud, { trueMs: now, quality: "checked" }, now);
    assert.match("refused" in rendered ? rendered.refused : "", /4096 bytes of attributes/);
  });
});
