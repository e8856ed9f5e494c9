/** Cameras as a site has them: a real stream, real decoding, and what goes wrong with both. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { ffmpegPath, startCamera } from "../testing/camera.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { type CameraEvent, openCameras } from "./cameras/index.ts";
import { CamerasConfig, RecordingConfig } from "./cameras-config.ts";
import { systemClock } from "./clock.ts";
import { openRecorder, type Recorder } from "./recorder/index.ts";
import type { Fault } from "./sensing-words.ts";

/** Somebody in black walks through a test picture, again and again. */
const scene = (size: string) =>
  `smptebars=s=${size}:r=10[bars];color=black:s=50x140:r=10[body];[bars][body]overlay=x='mod(t*60\\,900)-100':y=H/2-70`;

function open(source: { kind: string; url: string }, ffmpeg = ffmpegPath, recorder?: Recorder) {
  const [events, faults]: [CameraEvent[], Fault[]] = [[], []];
  let skippedMs = 0;
  const cameras = openCameras({
    config: CamerasConfig.parse({ ffmpeg, list: [{ name: "yard", source, place: "the yard" }] }),
    clock: { now: () => systemClock.now(), monotonicMs: () => systemClock.monotonicMs() + skippedMs },
    recorder,
    pageUrl: "http://10.0.0.5:8096",
    onEvent: (event) => events.push(event),
    onFault: (fault) => faults.push(fault),
  });
  return {
    cameras,
    events,
    faults,
    state: () => cameras.list()[0]?.state,
    skip: (ms: number) => {
      skippedMs += ms;
    },
    [Symbol.asyncDispose]: () => cameras.stop(),
  };
}

const record = (folder: string) =>
  openRecorder({
    config: RecordingConfig.parse({ freeMebibytesMin: 0 }),
    folder,
    cameras: ["yard"],
    clock: systemClock,
    program: ffmpegPath,
    onFault: (_, text) => assert.fail(text),
  });

describe("a camera", () => {
  it("becomes one event with pictures of whoever walks by, and a clip; stalls, dies, comes back with another size", async () => {
    await using site = open({ kind: "stream", url: "rtsp://127.0.0.1:1/live" });
    await waitUntil(() => site.cameras.list()[0]?.restarts === 1, { what: "a refused connection" });
    await site.cameras.stop();

    using folder = temporaryFolder();
    const recorder = await record(folder.path);
    await using first = await startCamera(scene("640x360"));
    await using seen = open({ kind: "stream", url: first.url }, ffmpegPath, recorder);
    await waitUntil(() => seen.state() === "up", { what: "the first frame" });
    await waitUntil(() => seen.events.length > 0, { what: "an event", msMax: 120_000 });
    const [event] = seen.events;
    assert.deepEqual([event?.heard.type, event?.heard.zone], ["motion", "the yard"]);
    assert.ok((event?.evidence.length ?? 0) >= 2);
    const { recording } = event?.heard.attributes ?? {};
    assert.match(String(recording), /^http:\/\/10\.0\.0\.5:8096\/cameras\/yard\/recordings\?at=\d{13}$/);
    for (const { bytes, contentType } of event?.evidence ?? []) {
      assert.equal(contentType, "image/jpeg");
      assert.deepEqual([bytes[0], bytes[1], bytes.at(-2), bytes.at(-1)], [0xff, 0xd8, 0xff, 0xd9]);
    }
    assert.doesNotMatch(JSON.stringify([seen.cameras.list(), seen.faults, event?.heard]), /secret/);

    const recorded = () => recorder.list("yard", 0, Number.MAX_SAFE_INTEGER);
    await waitUntil(() => recorded().some(({ kind }) => kind === "event"), { what: "a segment of it" });
    const [segment] = recorded();
    const clip = await recorder.clip("yard", segment?.startMs ?? 0, (segment?.startMs ?? 0) + 1_000);
    const bytes = readFileSync(clip?.path ?? "");
    assert.deepEqual([bytes.toString("latin1", 4, 8), bytes.length], ["ftyp", clip?.bytes]);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), clip?.sha256);
    const { stderr } = spawnSync(ffmpegPath, ["-i", clip?.path ?? "", "-f", "null", "-"]);
    assert.ok(Number(/frame= *(\d+)/.exec(stderr.toString())?.[1]) >= 30, stderr.toString().slice(-500));
    await clip?.discard();
    assert.deepEqual(readdirSync(folder.path), ["yard"]);

    first.stall();
    seen.skip(11_000);
    await waitUntil(() => seen.state() === "lost", { what: "the watchdog" });
    assert.match(seen.faults[0]?.text ?? "", /yard gives no pictures/);
    const lost = seen.events.at(-1);
    assert.deepEqual([lost?.heard.type, lost?.heard.attributes["tampering"]], ["tamper", "lost"]);
    await first[Symbol.asyncDispose]();
    await using again = await startCamera(scene("320x240"), first.port);
    assert.equal(again.port, first.port);
    const returnedMs = performance.now();
    await waitUntil(() => seen.state() === "up", { what: "its return" });
    assert.ok(performance.now() - returnedMs < 30_000);
    assert.equal(seen.faults.length, 1);
  });

  it("that gives single pictures is looked at as well, and one that answers garbage is told", async () => {
    await using stream = await startCamera(scene("640x360"));
    await using source = open({ kind: "stream", url: stream.url });
    await waitUntil(() => source.cameras.picture("yard") !== undefined, { what: "a picture" });
    let isGarbage = false;
    const server = createServer((_, response) => {
      response.end(isGarbage ? Buffer.alloc(5_000, 0x41) : source.cameras.picture("yard"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/now.jpg`;
    try {
      await using seen = open({ kind: "snapshot", url });
      await waitUntil(() => (seen.cameras.list()[0]?.frames ?? 0) >= 3, { what: "three frames" });
      isGarbage = true;
      await waitUntil(() => seen.state() === "connecting", { what: "the fault" });
      seen.skip(11_000);
      await waitUntil(() => seen.state() === "lost", { what: "its loss" });
      assert.match(seen.faults[0]?.text ?? "", /is no JPEG/);
      isGarbage = false;
      await waitUntil(() => seen.state() === "up", { what: "its return" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("says how to get ffmpeg where there is none", async () => {
    await using site = open({ kind: "stream", url: "rtsp://127.0.0.1:1/live" }, "/nowhere/ffmpeg");
    await waitUntil(() => (site.cameras.list()[0]?.restarts ?? 0) > 0, { what: "the first attempt" });
    assert.match(site.cameras.list()[0]?.why ?? "", /\/nowhere\/ffmpeg is not there: install it/);
  });
});
