import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { AccountView, Usage } from "@vigil/core/account/wire";
import { DeviceWithKey } from "@vigil/core/device/wire";
import { createTestApi, eventAt, problemOf, type TestApi } from "../../../testing/api.ts";

describe("devices, account and usage", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());
  const add = (json: unknown, key = api.account("pro").memberToken, idempotencyKey = randomUUID()) =>
    api.call("POST", "/v1/devices", { key, json, headers: { "idempotency-key": idempotencyKey } });

  it("adds a device whose key works, once per Idempotency-Key, and stops it when the device is removed", async () => {
    const { siteId, memberToken } = api.account("pro");
    const once = randomUUID();
    const answer = await add({ name: "Gate", siteId, zone: "driveway" }, memberToken, once);
    assert.equal(answer.status, 201);
    const device = DeviceWithKey.parse(await answer.json());
    const replay = DeviceWithKey.parse(
      await (await add({ name: "Gate", siteId, zone: "driveway" }, memberToken, once)).json(),
    );
    assert.deepEqual(replay, device);
    const [kept] = await api.base.owner<{ row: string }[]>`
      select idempotency::text as row from idempotency where key = ${once}`;
    assert.ok(kept && !kept.row.includes("vgl_") && !kept.row.includes(device.id), "kept in the clear");
    const post = () =>
      api.call("POST", "/v1/events", { key: device.key, json: eventAt(api.services.clock.now()) });
    assert.equal((await post()).status, 202);
    assert.equal((await api.call("DELETE", `/v1/devices/${device.id}`, { key: memberToken })).status, 204);
    assert.equal((await post()).status, 401);
  });

  it("lets nobody keep an answer that holds a key, replays included", async () => {
    const { siteId, memberToken: key, deviceId } = api.account("pro");
    const headers = { "idempotency-key": randomUUID() };
    for (const [path, json] of [
      ["/v1/devices", { name: "Gate", siteId }],
      [`/v1/devices/${deviceId}/keys`, undefined],
    ] as const) {
      headers["idempotency-key"] = randomUUID();
      for (const _ of ["first", "replay"]) {
        const answer = await api.call("POST", path, { key, json, headers });
        assert.match(await answer.text(), /"key":"vgl_dev_/);
        assert.equal(answer.headers.get("cache-control"), "no-store");
      }
    }
  });

  it("never shows a key again", async () => {
    const answer = await api.call("GET", "/v1/devices", { key: api.account("pro").memberToken });
    assert.doesNotMatch(await answer.text(), /vgl_/);
  });

  it("refuses a site of another account as if it did not exist", async () => {
    const answer = await add({ name: "Spy", siteId: api.account("guardian").siteId });
    assert.equal(answer.status, 404);
  });

  it("refuses a body that does not match, naming every fault", async () => {
    const answer = await add({ name: "", siteId: "nowhere" });
    assert.equal(answer.status, 400);
    assert.deepEqual((await problemOf(answer)).errors.map((fault) => fault.pointer).toSorted(), [
      "/name",
      "/siteId",
    ]);
  });

  it("refuses to remove a device of another account", async () => {
    const answer = await api.call("DELETE", `/v1/devices/${api.account("guardian").deviceId}`, {
      key: api.account("pro").memberToken,
    });
    assert.equal(answer.status, 404);
  });

  it("tells each account its own settings and usage", async () => {
    const account = AccountView.parse(
      await (await api.call("GET", "/v1/account", { key: api.account("guardian").memberToken })).json(),
    );
    assert.equal(account.tier, "guardian");
    const answer = await api.call("GET", "/v1/usage", { key: api.account("guardian").memberToken });
    const usage = Usage.parse(await answer.json());
    assert.equal(usage.reviews.limit, 5);
    assert.equal(usage.reviews.left, 5);
    assert.match(answer.headers.get("ratelimit") ?? "", /^"daily";r=5;t=\d+$/);
  });

  it("describes itself, and answers unknown routes with a problem", async () => {
    const document = (await (await api.call("GET", "/openapi.json")).json()) as {
      openapi: string;
      paths: object;
    };
    assert.equal(document.openapi, "3.1.0");
    assert.ok(Object.keys(document.paths).includes("/v1/events"));
    assert.match(await (await api.call("GET", "/docs")).text(), /swagger-ui/);
    assert.equal((await api.call("GET", "/docs/swagger-ui-bundle.js")).status, 200);
    assert.equal((await api.call("GET", "/healthz")).status, 200);
    const unknown = await api.call("GET", "/v1/nothing");
    assert.equal((await problemOf(unknown)).code, "not-found");
  });
});
