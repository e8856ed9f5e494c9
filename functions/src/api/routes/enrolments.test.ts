/** Devices that are let in by a code, and keys that take each other's place. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { DeviceView, DeviceWithKey } from "@vigil/core/device/wire";
import type { EnrolledDevice, EnrolmentCodes } from "@vigil/core/enrolment/wire";
import { enrolment as limits } from "@vigil/core/limits";
import type { Tier } from "@vigil/core/tiers";
import { addressHeader, createTestApi, eventAt, problemOf, type TestApi } from "../../../testing/api.ts";

describe("enrolments", () => {
  let api: TestApi;
  let network = 0;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  async function ask(name = "Porch"): Promise<EnrolmentCodes> {
    network += 1;
    const headers = { [addressHeader]: `198.51.100.${network}` };
    const answer = await api.call("POST", "/v1/enrolments", { json: { name, kind: "camera" }, headers });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    return (await answer.json()) as EnrolmentCodes;
  }

  const poll = (deviceCode: string) => api.call("POST", "/v1/enrolments/key", { json: { deviceCode } });
  /** As the device does it: an interval later. */
  async function pollLater(deviceCode: string): Promise<Response> {
    api.services.clock.advance(limits.pollSecondsMin * 1000);
    return poll(deviceCode);
  }
  const codeOf = async (answer: Response) => (await problemOf(answer)).code;

  function type(path: "shown" | "granted" | "refused", userCode: string, tier: Tier = "guardian") {
    const { memberToken: key, siteId } = api.account(tier);
    const place = path === "granted" ? { name: "Front", siteId, zone: "front_door" } : {};
    const headers = { "idempotency-key": randomUUID() };
    return api.call("POST", `/v1/enrolments/${path}`, { key, json: { userCode, ...place }, headers });
  }

  const report = (key: string) =>
    api.call("POST", "/v1/events", { key, json: eventAt(api.services.clock.now(), { zone: undefined }) });
  const asDevice = async (key: string) => (await report(key)).status;

  const devicesOf = async (tier: Tier) => {
    const answer = await api.call("GET", "/v1/devices", { key: api.account(tier).memberToken });
    return ((await answer.json()) as { items: DeviceView[] }).items;
  };

  describe("let a device in", () => {
    it("by the code that an owner types, and give it its key, which reports from where the owner said", async () => {
      const codes = await ask("Camera 7");
      assert.match(codes.userCode, /^[B-Z]{4}-[B-Z]{4}$/);
      assert.equal(codes.verificationUriComplete, `http://console.test/enrol#${codes.userCode}`);
      assert.deepEqual([codes.expiresIn, codes.interval], [600, 5]);
      assert.equal(await codeOf(await poll(codes.deviceCode)), "authorization-pending");
      const shown = await type("shown", ` ${codes.userCode.toLowerCase().replace("-", " ")} `);
      assert.deepEqual(
        { ...((await shown.json()) as object), askedAt: "", expiresAt: "" },
        { name: "Camera 7", kind: "camera", askedAt: "", expiresAt: "" },
      );
      const granted = await type("granted", codes.userCode);
      assert.equal(granted.status, 201);
      const added = (await granted.json()) as DeviceView;
      assert.deepEqual([added.name, added.zone, added.keys], ["Front", "front_door", []]);
      const answer = await pollLater(codes.deviceCode);
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      const enrolled = (await answer.json()) as EnrolledDevice;
      assert.equal(enrolled.deviceId, added.id);
      assert.equal(await asDevice(enrolled.key), 202);
      const { memberToken: key } = api.account("guardian");
      const audit = await (await api.call("GET", "/v1/audit?limit=2", { key })).text();
      assert.match(audit, /device\.enrolled/);
      assert.match(audit, /key\.issued/);
      assert.doesNotMatch(audit, new RegExp(`${codes.userCode}|${codes.deviceCode}|vgl_`));
    });

    it("once: whoever types the code after that finds nobody, nor does another account", async () => {
      const { userCode, deviceCode } = await ask();
      const answers = await Promise.all([
        type("granted", userCode, "guardian"),
        type("granted", userCode, "pro"),
        type("granted", userCode, "guardian"),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        [201, 422, 422],
      );
      const owned = [...(await devicesOf("guardian")), ...(await devicesOf("pro"))];
      assert.equal(owned.filter(({ name, keys }) => name === "Front" && keys.length === 0).length, 1);
      assert.equal((await pollLater(deviceCode)).status, 201);
    });

    it("with a key that is valid once: lost answers are made good, and what was used is given to nobody again", async () => {
      const { userCode, deviceCode } = await ask();
      await type("granted", userCode);
      const collect = async () => ((await (await pollLater(deviceCode)).json()) as EnrolledDevice).key;
      const lost = await collect();
      const kept = await collect();
      assert.notEqual(kept, lost);
      assert.equal(await asDevice(lost), 401);
      assert.equal(await asDevice(kept), 202);
      assert.equal(await codeOf(await pollLater(deviceCode)), "expired-token");
      assert.equal(await asDevice(kept), 202);
    });

    it("with one key where it asks twice at once", async () => {
      const { userCode, deviceCode } = await ask();
      await type("granted", userCode);
      const answers = await Promise.all(Array.from({ length: 6 }, () => poll(deviceCode)));
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        [201, 429, 429, 429, 429, 429],
      );
    });
  });

  describe("refuse", () => {
    it("a device that asks too often, was turned away, was never known, or whose codes have ended", async () => {
      const { userCode, deviceCode } = await ask();
      await poll(deviceCode);
      const soon = await poll(deviceCode);
      assert.equal(await codeOf(soon), "slow-down");
      assert.equal(soon.headers.get("retry-after"), String(limits.pollSecondsMin));
      assert.equal((await type("refused", userCode)).status, 204);
      assert.equal(await codeOf(await pollLater(deviceCode)), "access-denied");
      assert.equal(await codeOf(await type("granted", userCode)), "code-unknown");
      assert.equal(await codeOf(await poll("nonsense")), "expired-token");
      const late = await ask();
      api.services.clock.advance(limits.codeMsMax);
      assert.equal(await codeOf(await poll(late.deviceCode)), "expired-token");
      assert.equal(await codeOf(await type("granted", late.userCode)), "code-unknown");
    });

    it("to tell or to let in what a member who is no owner, or another account's site, asks for", async () => {
      const { userCode } = await ask();
      const { memberToken: key } = api.account("guardian");
      const { siteId } = api.account("pro");
      const json = { userCode, name: "Theirs", siteId };
      const headers = { "idempotency-key": randomUUID() };
      assert.equal((await api.call("POST", "/v1/enrolments/granted", { key, json, headers })).status, 404);
      assert.equal((await type("shown", userCode)).status, 200, "it still waits");
    });

    it("one account's guesses after ten, and nobody else's", async () => {
      const { userCode } = await ask();
      const wrong = userCode.startsWith("B") ? "CCCC-CCCC" : "BBBB-BBBB";
      const statuses: number[] = [];
      for (let guess = 0; guess < limits.wrongCodesMax + 2; guess += 1) {
        statuses.push((await type("shown", wrong, "lite")).status);
      }
      assert.deepEqual(statuses, [...Array.from({ length: limits.wrongCodesMax }, () => 422), 429, 429]);
      const right = await type("granted", userCode, "lite");
      assert.equal(right.status, 429, "the right one is not told from a wrong one");
      assert.ok(Number(right.headers.get("retry-after")) > 3_000);
      assert.equal((await type("granted", userCode, "pro")).status, 201);
      api.services.clock.advance(limits.wrongCodesMs);
      const { userCode: next } = await ask();
      assert.equal((await type("shown", next, "lite")).status, 200);
    });

    it("a network that asks for codes without end", async () => {
      const headers = { [addressHeader]: "2001:db8::1" };
      const json = { name: "Flood" };
      const askOnce = () => api.call("POST", "/v1/enrolments", { json, headers });
      const answers = [];
      for (let time = 0; time <= limits.asksPerNetworkMax; time += 1) answers.push((await askOnce()).status);
      assert.equal(answers.at(-1), 429);
      assert.equal(answers.filter((status) => status === 201).length, limits.asksPerNetworkMax);
      await ask();
    });
  });

  describe("keys", () => {
    const rotate = async (id: string, overlapHours: number) => {
      const { memberToken: key } = api.account("pro");
      const headers = { "idempotency-key": randomUUID() };
      return api.call("POST", `/v1/devices/${id}/key-rotations`, { key, json: { overlapHours }, headers });
    };

    it("overlap for as long as was asked, and not a moment longer", async () => {
      api.services.clock.set(new Date());
      const { deviceId, deviceKey: old } = api.account("pro");
      const rotated = (await (await rotate(deviceId, 2)).json()) as DeviceWithKey;
      assert.deepEqual([await asDevice(old), await asDevice(rotated.key)], [202, 202]);
      const [ends] = rotated.keys.filter(({ expiresAt }) => expiresAt !== null);
      assert.equal(Date.parse(ends?.expiresAt ?? "") - api.services.clock.now().getTime(), 2 * 3_600_000);
      api.services.clock.advance(2 * 3_600_000);
      assert.deepEqual([await asDevice(old), await asDevice(rotated.key)], [401, 202]);
      api.services.clock.set(new Date());
      const now = (await (await rotate(deviceId, 0)).json()) as DeviceWithKey;
      assert.deepEqual([await asDevice(rotated.key), await asDevice(now.key)], [401, 202]);
      const seal = `/v1/events/evt_${"0".repeat(32)}/seal`;
      const others = async (key: string) => (await api.call("POST", seal, { key })).status;
      assert.deepEqual([await others(rotated.key), await others(now.key)], [401, 404]);
    });

    it("are at most ten of a device", async () => {
      const { deviceId } = api.account("pro");
      const statuses = [];
      for (let time = 0; time < limits.keysPerDeviceMax; time += 1) {
        statuses.push((await rotate(deviceId, 24)).status);
      }
      assert.equal(statuses.at(-1), 409);
      assert.equal((await rotate(`dev_${"0".repeat(32)}`, 24)).status, 404);
    });
  });
});
