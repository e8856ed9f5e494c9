import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { boundaries } from "../testing/doomed-worker.ts";
import { endProcess } from "../testing/end-process.ts";
import { startTestPipe } from "../testing/test-pipe.ts";
import { makeJob, startTestWorld, type TestWorld } from "../testing/test-world.ts";

const doomedWorker = fileURLToPath(new URL("../testing/doomed-worker.ts", import.meta.url));

/** Runs a worker until it has killed itself at the boundary. */
async function runToItsDeath(world: TestWorld, boundary: string): Promise<void> {
  const argument = JSON.stringify({ addresses: world.addresses, boundary });
  const child = spawn(process.execPath, [doomedWorker, argument], { stdio: "inherit" });
  try {
    const [, signal] = (await once(child, "exit", { signal: AbortSignal.timeout(180_000) })) as [
      null,
      string,
    ];
    assert.equal(signal, "SIGKILL");
  } finally {
    await endProcess(child);
  }
}

describe("a worker that is killed", { concurrency: 3 }, () => {
  for (const boundary of boundaries) {
    it(`with a job ${boundary}: every moment ends exactly once, and nothing is left in the queue`, async () => {
      const world = await startTestWorld();
      try {
        const job = await world.send(makeJob(await world.moments(5)));
        await runToItsDeath(world, boundary);

        const { pipe, running } = startTestPipe(world.addresses);
        const digest = await world.digestOf(job);
        await world.waitForEmptyQueues();
        pipe.stop();
        await running;

        assert.equal(world.api.digests.size, 1);
        assert.deepEqual(
          digest.moments.map(({ id }) => id),
          job.moments.map(({ id }) => id),
        );
        assert.ok(digest.moments.every(({ outcome }) => outcome === "reviewed"));
        assert.equal(world.queues.count("dead-letter"), 0);
        assert.deepEqual(world.api.faults, []);
      } finally {
        await world.close();
      }
    });
  }
});
