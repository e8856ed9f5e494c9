import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { reportDigest } from "@vigil/core/flow";
import type { GatewayReport, GatewayView } from "@vigil/core/gateway/wire";
import { image } from "../../../../packages/core/testing/images.ts";
import { arrange, findingsFor } from "../../../../packages/core/testing/walk.ts";
import { createTestApi, eventAt, problemOf, type TestApi } from "../../../testing/api.ts";

const report: GatewayReport = {
  site: "shop-1",
  version: "0.1.0",
  uptimeSeconds: 60,
  clockAheadMs: null,
  outbox: { kept: 1, keptUrgent: 0, heard: 2, forwarded: 1, refused: 0, dropped: 0 },
  disk: { freeBytes: 1e9, full: false },
  alarmsOpen: 0,
  sensorCount: 1,
  sensors: [
    {
      device: "S-104",
      place: "server room",
      state: "online",
      transport: "tcp",
      lastHeardSeconds: 0.4,
      reconnects: 0,
      reconnectsMax: 5,
      hotCells: 0,
      readings: [{ channel: "thermal", value: 31.2, unit: "°C" }],
    },
  ],
};

describe("gateways", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  const put = (json: unknown, key = api.account("pro").deviceKey) =>
    api.call("PUT", "/v1/gateway", { key, json });
  const list = async (key: string) =>
    (await (await api.call("GET", "/v1/gateways", { key })).json()) as { items: GatewayView[] };

  describe("happy", () => {
    it("shows members the latest report of each gateway", async () => {
      assert.equal((await put(report)).status, 200);
      const later = { ...report, uptimeSeconds: 120, ofANewerGateway: true };
      assert.equal((await put(later)).status, 200);
      const { items } = await list(api.account("pro").memberToken);
      assert.equal(items.length, 1);
      assert.deepEqual(items[0]?.report, { ...report, uptimeSeconds: 120 });
      assert.equal(items[0]?.siteName, "Shop");
      assert.equal(items[0]?.reportedAt, api.services.clock.now().toISOString());
    });

    it("tells a device what became of its event, before and after its digest", async () => {
      const walk = arrange(api.base, "pro");
      const { id, sessionId } = await walk.post(walk.event({ type: "smoke" }), [await image("a.jpg", 1)]);
      const ask = async () =>
        (await (await api.call("GET", `/v1/events/${id}/verdict`, { key: walk.deviceKey })).json()) as {
          assessment: { lifeSafety: boolean };
          digest: { id: string; title: string; summary: string } | null;
        };
      const early = await ask();
      assert.equal(early.assessment.lifeSafety, true);
      assert.equal(early.digest, null);
      assert.ok(sessionId);
      const [job] = await walk.receive();
      assert.ok(job);
      await reportDigest(walk.services, findingsFor(job, []));
      const { digest } = await ask();
      assert.match(digest?.id ?? "", /^dig_/);
      assert.notEqual(digest?.summary, "");
    });
  });

  describe("refused", () => {
    it("a member's key for a report, and a device's for the list", async () => {
      assert.equal((await put(report, api.account("pro").memberToken)).status, 403);
      const answer = await api.call("GET", "/v1/gateways", { key: api.account("pro").deviceKey });
      assert.equal(answer.status, 403);
    });

    it("a report that says too little, or too much", async () => {
      assert.equal((await problemOf(await put({ site: "shop-1" }))).code, "invalid-body");
      const many = { ...report, sensors: Array.from({ length: 201 }, () => report.sensors[0]) };
      assert.equal((await problemOf(await put(many))).code, "invalid-body");
    });
  });

  describe("foreign", () => {
    it("shows no gateway of another account", async () => {
      await put(report);
      assert.deepEqual((await list(api.account("guardian").memberToken)).items, []);
    });

    it("tells of no event of another device, as if there were none", async () => {
      const posted = await api.call("POST", "/v1/events", {
        key: api.account("pro").deviceKey,
        json: eventAt(api.services.clock.now()),
      });
      const { id } = EventAccepted.parse(await posted.json());
      const answer = await api.call("GET", `/v1/events/${id}/verdict`, {
        key: api.account("guardian").deviceKey,
      });
      assert.equal(answer.status, 404);
      assert.equal((await problemOf(answer)).code, "not-found");
    });
  });
});
