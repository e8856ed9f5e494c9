/**
 * `node deploy/testing/check-container-steps.ts`: carries out the worker image's steps in a clean folder, starts what they
 * leave as the image would, as the image's user where this runs as root, and has it review one photograph from a real
 * queue. A few minutes, bounded; needs the npm registry, and no container engine.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseEnv, promisify } from "node:util";
import { obtain } from "../../gpu-worker/src/model/store.ts";
import { startEvidenceHost } from "../../gpu-worker/testing/evidence-host.ts";
import { makeJob, makeMoment } from "../../gpu-worker/testing/make-job.ts";
import { queueCredentials, queueRegion, startQueues } from "../../gpu-worker/testing/queues.ts";
import { samplePhotographs } from "../../gpu-worker/testing/sample-photographs.ts";
import { jobPublicKey, signJob } from "../../gpu-worker/testing/signing.ts";
import { startWorkerApi, workerKey } from "../../gpu-worker/testing/worker-api.ts";
import { buildStage, type Stage } from "./container-stage.ts";
import { folderBytes, freePort, say, startAs, until } from "./stage-process.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const secondsMax = { step: 300, ready: 180, digest: 120, stop: 60 };

/** How this machine reaches the registry: the image's user has no npm settings of its own. */
async function registrySettings(): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)("npm", ["config", "get", "registry"], { cwd: repository });
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  return {
    npm_config_registry: stdout.trim(),
    ...(certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {}),
  };
}

async function reviewOnePhotograph(stage: Stage, photograph: Uint8Array) {
  await using closing = new AsyncDisposableStack();
  const queues = closing.adopt(await startQueues(), (it) => it.close());
  const api = closing.adopt(await startWorkerApi(), (it) => it.close());
  const host = closing.adopt(await startEvidenceHost(), (it) => it.close());
  const example = parseEnv(await readFile(path.join(repository, "deploy/worker.env.example"), "utf8"));
  const port = await freePort();
  const environment = {
    ...(example as Record<string, string>),
    API_URL: api.url,
    WORKER_KEY: workerKey,
    JOB_PUBLIC_KEYS: jobPublicKey,
    AWS_REGION: queueRegion,
    SQS_ENDPOINT: queues.endpoint,
    AWS_ACCESS_KEY_ID: queueCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queueCredentials.secretAccessKey,
    PRIORITY_QUEUE_URL: queues.priorityUrl,
    STANDARD_QUEUE_URL: queues.standardUrl,
    BULK_QUEUE_URL: queues.bulkUrl,
    EVIDENCE_HOST: host.origin,
    METRICS_PORT: String(port),
    ...(await registrySettings()),
    POLL_SECONDS: "2",
  };
  const worker = startAs(stage, stage.entrypoint, environment);
  closing.defer(() => void worker.kill("SIGKILL"));
  const exited = once(worker, "exit").then(([code]) => code as number | null);

  await until("/healthz to answer 200", secondsMax.ready, async () => {
    if (worker.exitCode !== null) throw new Error(`the worker ended with ${worker.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    return answer?.ok ? true : undefined;
  });
  say("the worker is up");
  const [checked] = (await once(startAs(stage, stage.healthcheck, environment), "exit")) as [number];
  assert.equal(checked, 0, "the image's HEALTHCHECK fails beside a healthy worker");

  host.put("/photograph.jpg", photograph);
  const job = makeJob([makeMoment({ ...host.url("/photograph.jpg"), bytes: photograph })]);
  await queues.priority.send(signJob(job));
  const digest = await until("a digest", secondsMax.digest, () => [...api.digests.values()][0]);
  const seen = digest.moments.flatMap((moment) => moment.detections.map((detection) => detection.label));
  say(`a digest came: ${seen.join(", ") || "nothing seen"}`);
  assert.ok(
    seen.includes("person"),
    `expected a person in the photograph, got ${seen.join(", ") || "nothing"}`,
  );
  assert.deepEqual(api.faults, []);

  worker.kill("SIGTERM");
  const code = await Promise.race([exited, delay(secondsMax.stop * 1000, "timeout", { ref: false })]);
  assert.equal(code, 0, "the worker does not end well on SIGTERM");
  assert.equal(queues.count("priority"), 0, "the job is still in the queue");
  say("stopped on SIGTERM with exit code 0, and the queue is empty");
}

const folder = await mkdtemp(path.join(tmpdir(), "vigil-container-"));
await chmod(folder, 0o755);
try {
  const stage = await buildStage("gpu-worker/Dockerfile", "cpu", {
    repository,
    folder,
    runSecondsMax: secondsMax.step,
    onStep: say,
  });
  say(`the application is ${Math.round((await folderBytes(path.join(stage.root, "app"))) / 1e6)} MB`);
  const photograph = await obtain(samplePhotographs.manInLane.file, {
    cacheDir: path.join(folder, "samples"),
  });
  await reviewOnePhotograph(stage, await readFile(photograph));
  const { uid } = stage.user ?? {};
  say(process.getuid?.() === 0 ? `all of it as user ${uid}, with nothing to write to but /cache` : "done");
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
