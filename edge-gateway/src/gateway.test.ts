/** The gateway as a process, as a site runs it: sensors in, alarms out, the real API behind it. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";
import { stringify } from "yaml";
import { type ServedApi, serveApi } from "../../functions/testing/served-api.ts";
import { type Broker, startBroker } from "../testing/broker.ts";
import { ffmpegPath, startCamera, type TestCamera } from "../testing/camera.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { AlarmRecord } from "./alarm/alarm-record.ts";
import { simulateDevice } from "./simulate/device.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

type Ready = { sensors: { host: string; port: number }; webUrl: string; metricsUrl: string };

describe("vigil-gateway", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let api: ServedApi;
  let broker: Broker;
  let camera: TestCamera;
  let config: string;
  /** The same with a camera, whose decoder takes its time on a busy machine. */
  let withCamera: string;
  const children: ChildProcess[] = [];

  before(async () => {
    folder = temporaryFolder();
    const walker =
      "smptebars=s=320x180:r=10[bars];color=black:s=25x70:r=10[body];[bars][body]overlay=x='mod(t*30\\,450)-50':y=55";
    [api, broker, camera] = await Promise.all([serveApi(), startBroker(), startCamera(walker)]);
    const key = api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey;
    config = join(folder.path, "gateway.yaml");
    withCamera = join(folder.path, "with-camera.yaml");
    const settings = {
      site: "shop-1",
      api: { url: api.url, key },
      store: { directory: join(folder.path, "store"), ballastMiB: 1 },
      sensing: { host: "127.0.0.1", port: 0 },
      alarm: { mqtt: { url: broker.url } },
      web: { port: 0 },
      metrics: { port: 0, fallbackPort: 0 },
      logLevel: "error",
    };
    writeFileSync(config, stringify(settings));
    const yard = { name: "yard", place: "the yard", source: { kind: "stream", url: camera.url } };
    writeFileSync(withCamera, stringify({ ...settings, cameras: { ffmpeg: ffmpegPath, list: [yard] } }));
  });
  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    await camera?.[Symbol.asyncDispose]();
    await broker?.[Symbol.asyncDispose]();
    await api?.close();
    folder[Symbol.dispose]();
  });

  function start(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number> } {
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (piece: Buffer) => {
        output += piece.toString();
      });
    }
    const ended = once(child, "close").then(([code]) => Number(code ?? -1));
    return { child, output: () => output, ended };
  }

  async function run(name: string, settings = config) {
    const file = join(folder.path, `${name}.ready`);
    const gateway = start("run", "--config", settings, "--ready", file);
    await waitUntil(() => existsSync(file) && readFileSync(file, "utf8").endsWith("}"), {
      what: "the gateway",
    });
    return { ...gateway, ready: JSON.parse(readFileSync(file, "utf8")) as Ready };
  }

  it("hears a sensor overheat, alarms by MQTT and on its page, and the cloud has it with its picture, as what a camera saw", async () => {
    const told: AlarmRecord[] = [];
    const listener = await mqtt.connectAsync(broker.url);
    listener.on("message", (_, payload) => void told.push(AlarmRecord.parse(JSON.parse(payload.toString()))));
    await listener.subscribeAsync("vigil/shop-1/alarm");
    const { child, ready, ended, output } = await run("first", withCamera);
    const refused = start("run", "--config", config);
    assert.equal(await refused.ended, 1);
    assert.match(refused.output(), new RegExp(`another gateway \\(process ${child.pid}\\)`));

    const stopping = new AbortController();
    const sensor = simulateDevice({
      ...ready.sensors,
      serial: "SIM-1",
      place: "server room",
      scenario: "overheat",
      everyMs: 100,
      random: () => 0.5,
      signal: stopping.signal,
    });
    await waitUntil(() => told.some(({ level }) => level === "critical"), { what: "a critical alarm" });
    const [first] = told;
    assert.equal(first?.place, "server room");
    assert.ok((first?.reasons.length ?? 0) > 0);
    const page = await (await fetch(ready.webUrl)).text();
    assert.match(page, /server room/);
    assert.match(page, /<li>[^<]*\d+(\.\d+)? °C/);
    const device = await (await fetch(new URL("/devices/SIM-1", ready.webUrl))).text();
    assert.equal(device.match(/<rect /g)?.length, 768);
    const metrics = await (await fetch(ready.metricsUrl)).text();
    assert.match(metrics, /^emberye_alarms_total [1-9]/m);
    assert.match(metrics, /^vigil_gateway_alarms_told\{sink="mqtt",result="delivered"\} [1-9]/m);

    const stored = () => api.base.owner<{ type: string; attributes: { device: string }; ready: number }[]>`
      select e.type, e.attributes, (count(m.id) filter (where m.state = 'ready'))::int as ready
      from event e left join moment m on m.event_id = e.id where e.client_id like 'shop-1.%' group by e.id`;
    await waitUntil(async () => (await stored()).some(({ ready: pictures }) => pictures === 1), {
      what: "the event",
    });
    const ofSensor = (await stored()).filter(({ type }) => type !== "motion");
    assert.ok(ofSensor.every(({ attributes }) => attributes.device === "SIM-1"));
    await waitUntil(
      async () => (await stored()).some(({ type, ready: pictures }) => type === "motion" && pictures >= 1),
      { what: "who walked past the camera", msMax: 120_000 },
    );
    await waitUntil(() => told.some(({ verdict }) => verdict.by === "cloud"), { what: "the cloud's word" });

    stopping.abort();
    await sensor;
    const startMs = performance.now();
    child.kill("SIGTERM");
    assert.equal(await ended, 0, output());
    assert.ok(performance.now() - startMs < 30_000);
    await listener.endAsync(true);
  });

  it("remembers its alarms over a crash, and takes its store again at once", async () => {
    const crashed = await run("second");
    const known = async ({ ready }: { ready: Ready }) =>
      (await (await fetch(new URL("/status.json", ready.webUrl))).json()) as { alarms: AlarmRecord[] };
    const { alarms } = await known(crashed);
    assert.ok(alarms.length > 0);
    crashed.child.kill("SIGKILL");
    await crashed.ended;
    const again = await run("third");
    // The cloud may have its say, and a sensor that is silent clears its alarm, at any moment: what an alarm is stays.
    const told = (records: readonly AlarmRecord[]) =>
      records.map(({ id, episode, kind, place, device, openedAt }) => ({
        id,
        episode,
        kind,
        place,
        device,
        openedAt,
      }));
    assert.deepEqual(told((await known(again)).alarms), told(alarms));
    again.child.kill("SIGTERM");
    assert.equal(await again.ended, 0);
  });

  it("takes a list of places from its page and keeps it over a restart, and says what is wrong with another", async () => {
    const first = await run("fourth");
    const send = (url: string, list: string, format: string) =>
      fetch(new URL("/places", url), {
        method: "POST",
        headers: { origin: new URL(url).origin },
        body: new URLSearchParams({ list, format }),
        redirect: "manual",
      });
    const { webUrl } = first.ready;
    assert.equal((await send(webUrl, "key,place\nSIM-1,cold store\n10.0.0.7,<attic>\n", "csv")).status, 303);
    const refused = await send(webUrl, '[{"key":"","place":"hall"}]', "json");
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /entry 1/);
    assert.match(await (await fetch(new URL("/places", webUrl))).text(), /&lt;attic&gt;/);
    first.child.kill("SIGKILL");
    await first.ended;
    const again = await run("fifth");
    assert.equal(
      await (await fetch(new URL("/places.csv", again.ready.webUrl))).text(),
      "key,place\r\nSIM-1,cold store\r\n10.0.0.7,<attic>\r\n",
    );
    assert.equal(
      ((await (await fetch(new URL("/places.json", again.ready.webUrl))).json()) as object[]).length,
      2,
    );
    again.child.kill("SIGTERM");
    assert.equal(await again.ended, 0);
  });

  it("says what it found: check, doctor, help, and commands that are none", async () => {
    const outcome = async (...args: string[]) => {
      const { ended, output } = start(...args);
      return { code: await ended, output: output() };
    };
    const check = await outcome("check", "--config", config);
    assert.deepEqual([check.code, check.output], [0, `${config} is sound.\n`]);
    const doctor = await outcome("doctor", "--config", withCamera);
    assert.equal(doctor.code, 0, doctor.output);
    for (const name of ["store", "sensors' port", "API", "key", "clock", "MQTT", "ffmpeg", "camera yard"]) {
      assert.ok(doctor.output.includes(`ok    ${name}`), doctor.output);
    }
    const help = await outcome("--help");
    assert.match(help.output, /vigil-gateway simulate/);
    assert.equal((await outcome("fly")).code, 2);
    const broken = join(folder.path, "broken.yaml");
    writeFileSync(broken, "site: a b\n");
    const faults = await outcome("run", "--config", broken);
    assert.equal(faults.code, 2);
    assert.match(faults.output, /2 faults/);
  });
});
