/** Sessions of ESPHome and Shelly, written from their documentation of `/events` and of `/rpc`. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { type WebSocket, WebSocketServer } from "ws";
import { waitUntil } from "../../testing/wait-until.ts";
import type { HomeDevice } from "../config.ts";
import { createLog } from "../log.ts";
import type { Heard } from "../store/item.ts";
import { openHomeDevices } from "./home-devices.ts";

type Told = { heard: Heard };
const log = createLog({ level: "silent" });
const saidOf = (events: readonly Told[]) =>
  events.map(({ heard }) => `${heard.type} ${heard.zone} ${String(heard.attributes["said"])}`);

/** A clock that is moved by hand, so that no contact bounces. */
function open(device: HomeDevice) {
  const events: Told[] = [];
  let nowMs = 0;
  const clock = { now: () => new Date(nowMs), monotonicMs: () => (nowMs += 10_000) };
  const onEvent = (event: Told) => events.push(event);
  const devices = openHomeDevices({
    devices: [device],
    clock,
    log,
    onEvent,
    waitMs: { first: 5, most: 20 },
  });
  return { events, devices };
}

describe("ESPHome", () => {
  it("tells what begins, once, also when everything is said again after a break, and nothing for what is no state", async () => {
    const answers = new Set<ServerResponse>();
    let connections = 0;
    const node = createServer(({ url }, response) => {
      if (url !== "/events") return void response.writeHead(404).end();
      connections++;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('retry: 30000\nid: 1\nevent: ping\ndata: {"title":"hall","uptime":1}\n\n');
      answers.add(response);
      response.on("close", () => answers.delete(response));
    }).listen(0, "127.0.0.1");
    await waitUntil(() => node.listening, { what: "the node" });
    const say = (name: string, data: unknown) => {
      for (const response of answers) response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const motion = (isOn: boolean) =>
      say("state", { id: "binary_sensor-hall_motion", state: isOn ? "ON" : "OFF", value: isOn });
    const { events, devices } = open({
      kind: "esphome",
      url: `http://127.0.0.1:${(node.address() as AddressInfo).port}`,
      zone: "hall",
      events: { "binary_sensor-hall_motion": "motion", "binary_sensor-smoke": "smoke" },
    });
    try {
      await waitUntil(() => answers.size === 1, { what: "its connection" });
      motion(false);
      motion(true);
      motion(true);
      say("state", { id: "sensor-temperature", state: "21.5 °C", value: 21.5 });
      say("state", { id: "binary_sensor-other", state: "ON", value: true });
      say("state", { id: "__proto__", state: "ON", value: true });
      say("log", { id: "binary_sensor-smoke", state: "ON", value: true });
      for (const response of answers) response.write("event: state\ndata: {not JSON\n\n");
      await waitUntil(() => events.length > 0, { what: "an event" });

      node.closeAllConnections();
      await waitUntil(() => connections >= 2 && answers.size === 1, { what: "its return" });
      motion(true);
      say("state", { id: "binary_sensor-smoke", state: "ON" });
      await waitUntil(() => events.length > 1, { what: "the smoke" });
      motion(false);
      motion(true);
      await waitUntil(() => events.length > 2, { what: "another motion" });
      assert.deepEqual(saidOf(events), [
        "motion hall binary_sensor-hall_motion",
        "smoke hall binary_sensor-smoke",
        "motion hall binary_sensor-hall_motion",
      ]);

      // A node that never ends its line is left, not kept in memory.
      const before = connections;
      for (const response of answers) response.write("x".repeat(100_000));
      await waitUntil(() => connections > before, { what: "another connection" });
    } finally {
      await devices.stop();
      node.closeAllConnections();
      node.close();
    }
  });
});

/** What a Shelly with a password checks, by RFC 7616 with its constants. */
function isRight(auth: Record<string, unknown>, password: string, nonce: number): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const secret = hash(`admin:shelly-1:${password}`);
  const response = `${secret}:${nonce}:1:${String(auth["cnonce"])}:auth:${hash("dummy_method:dummy_uri")}`;
  return auth["nonce"] === nonce && auth["username"] === "admin" && auth["response"] === hash(response);
}

async function openShelly(password: string | undefined) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/rpc" });
  const sockets = new Set<WebSocket>();
  let refused = 0;
  const nonce = 1_625_038_762;
  server.on("connection", (socket) => {
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data: Buffer) => {
      const { id, src, auth } = JSON.parse(data.toString());
      const head = { id, src: "shelly-1", dst: src };
      if (password !== undefined && !(auth && isRight(auth, password, nonce))) {
        refused++;
        const message = JSON.stringify({
          auth_type: "digest",
          nonce,
          nc: 1,
          realm: "shelly-1",
          algorithm: "SHA-256",
        });
        return socket.send(JSON.stringify({ ...head, error: { code: 401, message } }));
      }
      sockets.add(socket);
      socket.send(JSON.stringify({ ...head, result: { "smoke:0": { id: 0, alarm: false, mute: false } } }));
    });
  });
  await waitUntil(() => server.address() !== null, { what: "the Shelly" });
  return {
    sockets,
    refused: () => refused,
    port: (server.address() as AddressInfo).port,
    notify(method: string, params: object) {
      for (const socket of sockets) {
        socket.send(JSON.stringify({ src: "shelly-1", dst: "vigil", method, params }));
      }
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

describe("Shelly", () => {
  it("tells alarms and buttons, with a password, and once also after a break", async () => {
    const shelly = await openShelly("s3cret");
    const { events, devices } = open({
      kind: "shelly",
      url: `http://admin:s3cret@127.0.0.1:${shelly.port}`,
      zone: "kitchen",
      events: { "smoke:0.alarm": "smoke", "input:0.single_push": "doorbell" },
    });
    try {
      await waitUntil(() => shelly.sockets.size === 1, { what: "its connection" });
      const alarm = (isOn: boolean) =>
        shelly.notify("NotifyStatus", { ts: 1, "smoke:0": { id: 0, alarm: isOn } });
      alarm(true);
      alarm(true);
      await waitUntil(() => events.length > 0, { what: "an event" });
      const [first] = shelly.sockets;
      for (const socket of shelly.sockets) {
        for (const hostile of ["", "{", "null", "[]", '{"method":"NotifyEvent","params":{"events":7}}']) {
          socket.send(hostile);
        }
        socket.terminate();
      }
      await waitUntil(() => shelly.sockets.size === 1 && !shelly.sockets.has(first as WebSocket), {
        what: "its return",
      });
      const push = { component: "input:0", id: 0, event: "single_push", ts: 2 };
      shelly.notify("NotifyEvent", { ts: 2, events: [push] });
      shelly.notify("NotifyEvent", { ts: 3, events: [push] });
      await waitUntil(() => events.length > 2, { what: "the button, twice" });
      alarm(false);
      alarm(true);
      await waitUntil(() => events.length > 3, { what: "another alarm" });
      assert.deepEqual(
        events.map(({ heard }) => heard.type),
        ["smoke", "doorbell", "doorbell", "smoke"],
      );
    } finally {
      await devices.stop();
      shelly.close();
    }
  });

  it("shows a wrong password once a connection", async () => {
    const shelly = await openShelly("right");
    const url = `http://admin:wrong@127.0.0.1:${shelly.port}`;
    const { events, devices } = open({ kind: "shelly", url, zone: "kitchen", events: { "a:0.b": "motion" } });
    try {
      // Asked without, asked with a wrong one; and then the same on another connection.
      await waitUntil(() => shelly.refused() >= 4, { what: "two refusals a connection" });
      assert.deepEqual([events, shelly.sockets.size], [[], 0]);
    } finally {
      await devices.stop();
      shelly.close();
    }
  });

  it("ends while it waits for a device that is not there", async () => {
    const { devices } = open({
      kind: "shelly",
      url: "http://127.0.0.1:9",
      zone: "x",
      events: { a: "motion" },
    });
    await devices.stop();
  });
});
