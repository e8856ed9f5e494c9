import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { getDigest, reportDigest, requestReview } from "@vigil/core/flow";
import { keyIdOf, signedText } from "@vigil/core/gateway/signed-text";
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

  describe("signatures of what a gateway captured", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
    const keyId = keyIdOf(raw);
    const at = "2026-06-01T21:14:05.120Z";
    const signed = (name: string, sha256: string, sequence: number, by = privateKey) => {
      const signature = sign(null, signedText({ sha256, at, sequence }), by).toString("base64");
      return { name, keyId, sequence, at, signature };
    };
    const tellKey = () =>
      api.call("PUT", "/v1/gateway/key", {
        key: api.account("pro").deviceKey,
        json: { publicKey: raw.toString("base64") },
      });
    const send = (id: string, signatures: unknown[], key = api.account("pro").deviceKey) =>
      api.call("PUT", `/v1/events/${id}/signatures`, { key, json: { signatures } });

    it("are told in digests: what holds, what is of other bytes, and what is by a key that nobody told", async () => {
      const walk = arrange(api.base, "pro");
      // A session of its own.
      walk.services.clock.advance(3_600_000);
      const pictures = await Promise.all([11, 12, 13, 14].map((seed) => image(`${seed}.jpg`, seed)));
      const { id, sessionId } = await walk.post(walk.event({ type: "person" }), pictures);
      const hashOf = (index: number) => pictures[index]?.sha256 ?? "";
      const early = signed("13.jpg", hashOf(2), 3);
      assert.equal((await send(id, [early])).status, 200);
      const told = [await tellKey(), await tellKey()];
      for (const answer of told) assert.deepEqual(await answer.json(), { id: keyId });
      // The second is the first one's, sent again for other bytes; the third comes again, and the first of it counts.
      const replayed = { ...signed("11.jpg", hashOf(0), 1), name: "12.jpg" };
      assert.equal((await send(id, [signed("11.jpg", hashOf(0), 1), replayed, early])).status, 200);
      await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
      await walk.beat();
      const [job] = await walk.receive();
      assert.ok(job);
      const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
      const { moments, level } = await getDigest(walk.services, { accountId: walk.accountId, id: digestId });
      const names = new Map((await namesOf(id)).map((row) => [row.id, row.name]));
      const said = Object.fromEntries(
        moments.map((moment) => {
          const { status, reasons, signature } = moment.authenticity?.capture ?? { reasons: [] };
          return [names.get(moment.id), [signature?.status, status, reasons[0]?.code]];
        }),
      );
      assert.deepEqual(said, {
        "11.jpg": ["holds", "cannot-tell", undefined],
        "12.jpg": ["wrong", "contradicts", "signature-wrong"],
        "13.jpg": ["unknown-key", "cannot-tell", undefined],
        "14.jpg": [undefined, "cannot-tell", undefined],
      });
      assert.ok(level);
    });

    it("are verified with the key of their time, after another has come", async () => {
      const walk = arrange(api.base, "pro");
      await tellKey();
      const next = Buffer.alloc(32, 7).toString("base64");
      const key = api.account("pro").deviceKey;
      assert.equal(
        (await api.call("PUT", "/v1/gateway/key", { key, json: { publicKey: next } })).status,
        200,
      );
      const picture = await image("late.jpg", 15);
      const { id } = await walk.post(walk.event({ type: "person" }), [picture]);
      assert.equal((await send(id, [signed("late.jpg", picture.sha256, 9)])).status, 200);
      const [row] = await api.base
        .owner`select s.status from moment_signature s join moment m on m.id = s.moment_id
        where m.event_id = ${id}`;
      assert.equal(row?.["status"], "holds");
    });

    it("are refused of a picture that is not there, of another's event, and malformed", async () => {
      const walk = arrange(api.base, "pro");
      const picture = await image("one.jpg", 16);
      const { id } = await walk.post(walk.event({ type: "person" }), [picture]);
      const right = signed("one.jpg", picture.sha256, 10);
      assert.equal(
        (await problemOf(await send(id, [{ ...right, name: "two.jpg" }]))).code,
        "evidence-mismatch",
      );
      assert.equal((await send(id, [right], api.account("guardian").deviceKey)).status, 404);
      assert.equal((await problemOf(await send(id, [{ ...right, signature: "AAAA" }]))).code, "invalid-body");
      assert.equal((await problemOf(await send(id, []))).code, "invalid-body");
      const short = await api.call("PUT", "/v1/gateway/key", {
        key: api.account("pro").deviceKey,
        json: { publicKey: "AAAA" },
      });
      assert.equal((await problemOf(short)).code, "invalid-body");
    });

    const namesOf = (eventId: string) =>
      api.base.owner<{ id: string; name: string }[]>`select id, name from moment where event_id = ${eventId}`;
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
