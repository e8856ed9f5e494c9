import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Event } from "../api/contract.ts";
import { recordingsOf } from "./recordings-of.ts";

const event = (recording: unknown) =>
  ({ id: "evt_1", occurredAt: "2026-01-01T00:00:00Z", attributes: { recording } }) as unknown as Event;

describe("where events were recorded", () => {
  it("is a page at the gateway", () => {
    const url = "http://10.0.0.5:8096/cameras/yard/recordings?at=1795823645684";
    assert.deepEqual(recordingsOf([event(url), event(undefined)]), [
      { eventId: "evt_1", occurredAt: "2026-01-01T00:00:00Z", url, host: "10.0.0.5:8096" },
    ]);
  });

  it("is nothing else that a device may say", () => {
    const others = [
      "javascript:alert(1)",
      "data:text/html,x",
      "http://bank@evil.example/",
      "no address",
      7,
      null,
      {},
    ];
    assert.deepEqual(
      others.flatMap((other) => recordingsOf([event(other)])),
      [],
    );
  });
});
