/** What is refused before anything of the body is read, and what is refused however well the rest is formed. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { MIB } from "@vigil/core/limits";
import { createTestApi, eventAt, problemOf, type TestApi } from "../../testing/api.ts";
import { callersOf, settle } from "../../testing/tenants.ts";

/** A body of so many bytes that counts how many of them were asked for. */
function countedBody(bytes: number): { body: ReadableStream<Uint8Array>; read: () => number } {
  let given = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (given >= bytes) return controller.close();
        given += MIB;
        controller.enqueue(new Uint8Array(MIB));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, read: () => given };
}

describe("a caller who may not", () => {
  let api: TestApi;
  let viewerKey: string;
  before(async () => {
    api = await createTestApi();
    const callers = await callersOf(api, await settle(api, "pro", "ours"), "key-of-the-metrics");
    viewerKey = callers.find(({ role }) => role === "viewer")?.key ?? "";
  });
  after(() => api.close());

  const headers = { "content-type": "multipart/form-data; boundary=b" };
  for (const [name, more] of [
    ["of a stated length", { "content-length": String(60 * MIB) }],
    ["of no stated length", {}],
    ["with an Idempotency-Key", { "idempotency-key": randomUUID() }],
  ] as const) {
    it(`is refused before its 60 MB ${name} are read`, async () => {
      for (const [key, status] of [
        [viewerKey, 403],
        ["vgl_dev_nonsense", 401],
      ] as const) {
        const { body, read } = countedBody(60 * MIB);
        const answer = await api.call("POST", "/v1/events", { key, body, headers: { ...headers, ...more } });
        assert.deepEqual([answer.status, read()], [status, 0]);
      }
    });
  }

  it("is refused as another kind of key is elsewhere: 403, for one event as for many", async () => {
    const event = eventAt(api.services.clock.now());
    for (const [path, json] of [
      ["/v1/events", event],
      ["/v1/events/batch", { events: [event] }],
    ] as const) {
      const answer = await api.call("POST", path, { key: viewerKey, json });
      assert.deepEqual([answer.status, (await problemOf(answer)).code], [403, "forbidden"]);
    }
  });
});
