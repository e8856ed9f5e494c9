import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import mqtt from "mqtt";
import { Webhook } from "standardwebhooks";
import { startBroker } from "../../testing/broker.ts";
import { makeAlarm } from "../../testing/make-alarm.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { AlarmRecord, recordOf } from "../alarm/alarm-record.ts";
import { createJudge } from "../alarm/judge.ts";
import { toEvent } from "../alarm/to-event.ts";
import { systemClock } from "../clock.ts";
import { createLog } from "../log.ts";
import { openCommand } from "./command.ts";
import { openMqtt } from "./mqtt.ts";
import { openWebhook } from "./webhook.ts";

const log = createLog({ level: "silent" });

function makeRecord(): AlarmRecord {
  const alarm = makeAlarm();
  const assessment = createJudge("UTC").assess("a", alarm.device, toEvent(alarm), new Date());
  return recordOf(alarm, { id: "shop-1.1-0a1b.1", site: "shop-1", assessment, before: undefined });
}

describe("MQTT", () => {
  it("tells alarms, keeps the latest of each place for those who come later, and says when the gateway is there", async () => {
    await using broker = await startBroker();
    const heard = new Map<string, string>();
    const listener = await mqtt.connectAsync(broker.url);
    listener.on("message", (topic, payload) => void heard.set(topic, payload.toString()));
    await listener.subscribeAsync("vigil/#");
    const sink = openMqtt({ url: broker.url, prefix: "vigil", site: "shop-1", log });
    sink.tell(makeRecord(), "state");
    await waitUntil(() => sink.counters().delivered === 2, { what: "the broker's word" });
    await waitUntil(() => heard.size === 3, { what: "three topics" });
    assert.equal(heard.get("vigil/shop-1/status"), "online");
    assert.equal(AlarmRecord.parse(JSON.parse(heard.get("vigil/shop-1/alarm") ?? "")).kind, "fire");

    const late = new Map<string, string>();
    const newcomer = await mqtt.connectAsync(broker.url);
    newcomer.on("message", (topic, payload) => void late.set(topic, payload.toString()));
    await newcomer.subscribeAsync("vigil/#");
    await waitUntil(() => late.has("vigil/shop-1/place/kitchen"), { what: "the retained alarm" });
    assert.equal(late.has("vigil/shop-1/alarm"), false);
    await sink.stop();
    await waitUntil(() => heard.get("vigil/shop-1/status") === "offline", { what: "a farewell" });
    await Promise.all([listener.endAsync(true), newcomer.endAsync(true)]);
  });

  it("tells what happened while the broker was away, once it is back", async () => {
    const reserved = createServer().listen(0, "127.0.0.1");
    await waitUntil(() => reserved.listening, { what: "a port" });
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const sink = openMqtt({ url: `mqtt://127.0.0.1:${port}`, prefix: "vigil", site: "shop-1", log });
    sink.tell(makeRecord(), "state");
    assert.equal(sink.counters().waiting, 2);
    const broker = await startBroker(port);
    await waitUntil(() => sink.counters().delivered === 2, { what: "both messages" });
    await sink.stop();
    await broker[Symbol.asyncDispose]();
  });
});

describe("the webhook", () => {
  it("signs a CloudEvent, and tries again until it is taken", async () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
    const taken: { type: string; data: AlarmRecord }[] = [];
    let calls = 0;
    const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      calls += 1;
      const body = await text(request);
      if (calls === 1) {
        response.writeHead(503).end();
        return;
      }
      const headers = request.headers as Record<string, string>;
      taken.push(new Webhook(secret).verify(body, headers) as (typeof taken)[number]);
      response.writeHead(204).end();
    };
    const server = createHttpServer((request, response) => void receive(request, response));
    server.listen(0, "127.0.0.1");
    await waitUntil(() => server.listening, { what: "a port" });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const sink = openWebhook({ url, secret, clock: systemClock, random: () => 0, log });
    sink.tell(makeRecord(), "state");
    await waitUntil(() => sink.counters().delivered === 1, { what: "a delivery" });
    assert.equal(taken[0]?.type, "vigil.gateway.alarm.v1");
    assert.equal(taken[0]?.data.id, "shop-1.1-0a1b.1");
    await sink.stop();
    server.closeAllConnections();
    server.close();
  });
});

describe("the command", () => {
  it("gets the alarm as JSON, once for each change of its state and not for the cloud's verdict", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "told");
    const program = `const fs = require("node:fs"); fs.appendFileSync(process.argv[1], fs.readFileSync(0, "utf8") + "\\n")`;
    const sink = openCommand({
      run: [process.execPath, "-e", program, file],
      secondsMax: 30,
      levelMin: "low",
      log,
    });
    sink.tell(makeRecord(), "state");
    sink.tell(makeRecord(), "verdict");
    await waitUntil(() => sink.counters().delivered === 1, { what: "the program" });
    const lines = readFileSync(file, "utf8").trim().split("\n");
    assert.equal(lines.length, 1);
    assert.equal(AlarmRecord.parse(JSON.parse(lines[0] ?? "")).place, "kitchen");
    await sink.stop();
  });

  it("is not started for an alarm below its level, nor for the end of one that it was not told of", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "told");
    const program = `const fs = require("node:fs"); fs.appendFileSync(process.argv[1], JSON.parse(fs.readFileSync(0, "utf8")).state + "\\n")`;
    const run = [process.execPath, "-e", program, file];
    const sink = openCommand({ run, secondsMax: 30, levelMin: "elevated", log });
    const fire = makeRecord();
    const kettle = {
      ...fire,
      id: "shop-1.1-0a1b.2",
      verdict: { ...fire.verdict, level: "standard" as const },
    };
    sink.tell(kettle, "state");
    sink.tell({ ...kettle, state: "cleared" }, "state");
    for (const [index, state] of (["opened", "cleared"] as const).entries()) {
      sink.tell({ ...fire, state }, "state");
      await waitUntil(() => sink.counters().delivered === index + 1, { what: "the program" });
    }
    assert.deepEqual(readFileSync(file, "utf8").trim().split("\n"), ["opened", "cleared"]);
    await sink.stop();
  });

  it("counts a program that fails, and goes on", async () => {
    const sink = openCommand({ run: ["/nonexistent/siren"], secondsMax: 1, levelMin: "low", log });
    sink.tell(makeRecord(), "state");
    await waitUntil(() => sink.counters().lost === 1, { what: "a failure" });
    await sink.stop();
  });
});
