import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { queueCredentials, queueRegion } from "../../../testing/queues.ts";
import { smallDetector, smallLabels } from "../../../testing/small-detector.ts";
import { startTestWorld, type TestWorld } from "../../../testing/test-world.ts";
import { waitUntil } from "../../../testing/wait-until.ts";
import { makeWatchedSandbox, type WatchedSandbox } from "../../../testing/watched-sandbox.ts";

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const collector = /^mobile\.events\.data\.microsoft\.com/;
const inTime = { msMax: 180_000 };

/** The library as its package loads it, with nobody to switch anything off. */
const unguarded = `
  import { InferenceSession } from ${JSON.stringify(import.meta.resolve("onnxruntime-node"))};
  await InferenceSession.create("no-such-file").catch(() => undefined);
  setInterval(() => undefined, 1_000);
`;

/** The bench's bare measurement, which runs sessions in threads of its own. */
const bareSessions = (path: string) => `
  import { measureBestBare } from ${JSON.stringify(import.meta.resolve("../../../bench/bare.ts"))};
  const model = { path: ${JSON.stringify(path)}, input: "f32-chw" };
  await measureBestBare(model, { canvas: { width: 64, height: 64 }, ms: 50 });
  setInterval(() => undefined, 1_000);
  console.log('"worker ready"');
`;

describe("the inference runtime's telemetry", () => {
  let folder: string;
  let world: TestWorld;
  const sandboxes: WatchedSandbox[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-telemetry-"));
    await writeFile(join(folder, "small.onnx"), smallDetector("yolov8"));
    await writeFile(join(folder, "labels.txt"), smallLabels.join("\n"));
    await writeFile(join(folder, "unguarded.mjs"), unguarded);
    world = await startTestWorld();
  });
  after(async () => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function watched(options: { proxy: boolean }): Promise<WatchedSandbox> {
    const sandbox = await makeWatchedSandbox(options);
    sandboxes.push(sandbox);
    return sandbox;
  }

  /** A program that reports to the library's maker; resolves when the first report has been seen. */
  async function seeTelemetry(sandbox: WatchedSandbox, seen: () => readonly string[], what: string) {
    sandbox.start([join(folder, "unguarded.mjs")]);
    await waitUntil(() => seen().some((one) => collector.test(one.replace("CONNECT ", ""))), {
      ...inTime,
      what,
    });
    const files = await sandbox.files();
    assert.ok(
      files.some((path) => path.includes("Microsoft/DeveloperTools/.onnxruntime")),
      files.join(),
    );
    assert.ok(
      files.some((path) => path.startsWith("mat-debug-")),
      files.join(),
    );
  }

  const workerSettings = (): Record<string, string> => ({
    API_URL: world.addresses.apiUrl,
    WORKER_KEY: world.api.key,
    JOB_PUBLIC_KEYS: world.addresses.jobPublicKey,
    PRIORITY_QUEUE_URL: world.addresses.priorityUrl,
    STANDARD_QUEUE_URL: world.addresses.standardUrl,
    BULK_QUEUE_URL: world.addresses.bulkUrl,
    SQS_ENDPOINT: world.addresses.sqsEndpoint,
    SQS_ACCESS_KEY_ID: queueCredentials.accessKeyId,
    SQS_SECRET_ACCESS_KEY: queueCredentials.secretAccessKey,
    AWS_REGION: queueRegion,
    EVIDENCE_HOST: world.addresses.evidenceOrigin,
    CACHE_DIR: join(folder, "cache"),
    POLL_SECONDS: "1",
  });

  /** Resolves when the program has said that it is ready; rejects when it ends before. */
  async function untilReady(child: ChildProcess): Promise<void> {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (said += String(piece)));
    await waitUntil(() => said.includes('"worker ready"') || child.exitCode !== null, {
      ...inTime,
      what: "a worker that is ready",
    });
    assert.ok(said.includes('"worker ready"'), said);
  }

  it("is silent in the model command, the worker, the bench's bare sessions and its baseline, and would be seen", async (t) => {
    const sandbox = await watched({ proxy: true });
    if (!sandbox.hasResolver) {
      t.diagnostic("look-ups are not watched here (it takes root): calls and files are");
    }

    const small = [join(folder, "small.onnx"), "--labels", join(folder, "labels.txt"), "--licence", "MIT"];
    const prepare = ["prepare", ...small, "--cache-dir", join(folder, "cache")];
    const preparing = sandbox.start([file("src/tools/model-cli.ts"), ...prepare]);
    const said = preparing.stderr ? text(preparing.stderr) : Promise.resolve("");
    const [code] = (await once(preparing, "exit")) as [number];
    assert.equal(code, 0, await said);
    assert.deepEqual(await sandbox.files(), [], "the model command");

    const worker = sandbox.start([file("src/main.ts")], { ...workerSettings(), MODEL: "small-float32" });
    const baseline = sandbox.start([file("bench/baseline.ts")], {
      ...workerSettings(),
      MODEL: join(folder, "small.onnx"),
    });
    await writeFile(join(folder, "bare.mjs"), bareSessions(join(folder, "small.onnx")));
    const sessions = sandbox.start([join(folder, "bare.mjs")]);
    await Promise.all([worker, baseline, sessions].map(untilReady));

    // They have run for longer than whatever reports needs to be noticed: it is started after them.
    const [looking, calling] = await Promise.all([watched({ proxy: false }), watched({ proxy: true })]);
    await Promise.all([
      looking.hasResolver && seeTelemetry(looking, () => looking.lookUps, "a look-up of the collector"),
      seeTelemetry(calling, () => calling.calls, "a call to the collector"),
    ]);
    for (const child of [worker, baseline, sessions]) assert.equal(child.exitCode, null, "still running");
    assert.deepEqual(sandbox.lookUps, []);
    assert.deepEqual(sandbox.calls, []);
    assert.deepEqual(await sandbox.files(), []);
  });

  it("keeps a thread from loading the runtime where nobody has switched it off", async () => {
    const entry = new URL("./index.ts", import.meta.url);
    const thread = new Worker(entry, { env: {} });
    const [error] = (await once(thread, "error")) as [Error];
    assert.match(error.message, /expected ORT_DISABLE_TELEMETRY=1/);
  });
});
