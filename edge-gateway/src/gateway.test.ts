/** The gateway as a process, as a site runs it: sensors in, alarms out, the real API behind it. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";
import { parse, stringify } from "yaml";
import { type ServedApi, serveApi } from "../../functions/testing/served-api.ts";
import { launchBrowser, openPage } from "../../test/console/browser.ts";
import { type Broker, startBroker } from "../testing/broker.ts";
import { ffmpegPath, startCamera, type TestCamera } from "../testing/camera.ts";
import { onvifSecrets, startOnvifCamera } from "../testing/onvif-camera.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { AlarmRecord } from "./alarm/alarm-record.ts";
import { systemClock } from "./clock.ts";
import { parseConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { openGateway } from "./run.ts";
import { openSensing } from "./sensing.ts";
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

  it("gets its first camera on its page, found, seen, drawn on and added in four presses, and shows its first digest", async () => {
    await using onvif = await startOnvifCamera({ streamUrl: camera.url });
    const browser = await launchBrowser();
    let skippedMs = 0;
    const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + skippedMs };
    const here = `http://127.0.0.1:${onvif.port}/onvif/device_service`;
    const gateway = await openGateway({
      config: parseConfig(
        stringify({
          ...parse(readFileSync(config, "utf8")),
          site: "first-camera",
          store: { directory: join(folder.path, "first-camera"), ballastMiB: 1 },
          cameras: { ffmpeg: ffmpegPath },
        }),
      ),
      clock,
      random: Math.random,
      log: createLog({ level: "error" }),
      openSensing,
      discover: async () => [{ url: here, name: "Front door", hardware: "T1" }],
    });
    // What a worker would make of it: there is none here.
    api.way.after = async (request, answer) => {
      if (!request.url.endsWith("/verdict") || !answer.ok) return answer;
      const digest = {
        id: "dig_1",
        level: "standard",
        title: "Somebody at the door",
        summary: "One person.",
      };
      return Response.json({ ...((await answer.json()) as object), digest });
    };
    try {
      const page = await openPage(browser);
      await page.addInitScript({
        content: `addEventListener("pointerdown", () => {
          sessionStorage.setItem("presses", 1 + Number(sessionStorage.getItem("presses") ?? 0));
        }, true)`,
      });
      await page.goto(gateway.webUrl);
      await page.getByRole("link", { name: "Add a camera" }).click();
      await page.getByLabel("Name").fill(onvifSecrets.user);
      await page.getByLabel("Password").fill(onvifSecrets.password);
      await page.getByRole("button", { name: "Look through Front door" }).click();
      const box = await page.locator(".drawable").boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.9, { steps: 4 });
      await page.mouse.up();
      await page.getByLabel("Name").fill("door");
      await page.getByLabel("Where it looks").fill("front door");
      await page.getByRole("button", { name: "Add it" }).click();
      onvif.tell("RuleEngine/MyRuleDetector/PeopleDetect", { name: "State", value: "true" });
      await page.getByText("something moves").waitFor();
      skippedMs = 7_000;
      await page.getByText("Somebody at the door").waitFor();
      assert.equal(await page.evaluate(`sessionStorage.getItem("presses")`), "4");
      assert.deepEqual(page.faults, []);
      const [added] = (await gateway.status()).cameras;
      assert.deepEqual(
        [added?.name, added?.zones[0]?.name, added?.zones[0]?.polygon.length],
        ["door", "front door", 4],
      );
      const [event] = await api.base.owner<{ attributes: { cameraSays: string[] } }[]>`
        select attributes from event where client_id like 'first-camera.%'`;
      assert.ok(event?.attributes.cameraSays.includes("person"));
      const shown = await (await fetch(new URL("/cameras/door", gateway.webUrl))).text();
      for (const text of [shown, JSON.stringify(await gateway.status())]) assert.doesNotMatch(text, /s3cret/);
    } finally {
      api.way.after = undefined;
      await gateway.stop();
      await browser.close();
    }
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
