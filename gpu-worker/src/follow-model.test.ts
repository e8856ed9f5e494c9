import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "@vigil/core/review/wire";
import { createScriptedDetector } from "../testing/scripted-detector.ts";
import { testParts } from "../testing/test-pipe.ts";
import { makeJob, startTestWorld, type TestWorld } from "../testing/test-world.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { createFollower, type Engine, type Follower } from "./follow-model.ts";
import { createLog } from "./observe/log.ts";
import { createPipe } from "./pipe/pipe.ts";

const log = createLog({ level: "silent", workerId: "test-worker" });
const modelOf = (label: string) => ({ name: label, sha256: (label === "person" ? "a" : "b").repeat(64) });

describe("a worker that follows the model in use", () => {
  let world: TestWorld;
  before(async () => {
    world = await startTestWorld();
  });
  after(() => world.close());

  /** A model that sees one thing of this label in every picture, slowly. */
  function engineOf(
    label: string,
    follow: (wanted: Engine["model"] | null) => void,
    closed: string[],
  ): Engine {
    const detector = createScriptedDetector(async () => {
      await pause(20);
      return {
        detections: [{ label, confidence: 0.5, box: [0.1, 0.1, 0.2, 0.5] }],
        bestConfidence: 0.5,
        inferMs: 1,
        postMs: 0.1,
      };
    });
    const { profile } = detector;
    const model = { ...profile.model, ...modelOf(label) };
    const named = { ...detector, profile: { ...profile, model } };
    const pipe = createPipe(
      testParts(world.addresses, {
        settings: { momentsInHandMax: 2 },
        change: () => ({ detector: named, onModel: follow }),
      }),
    );
    return {
      model: modelOf(label),
      pipe,
      onAlone: () => closed.push(`${label} is alone`),
      close: async () => void closed.push(label),
    };
  }

  it("loses no job and mixes no digest while another model takes the place of the one in use, and comes back", async () => {
    const jobs: Job[] = [];
    const fed = new AbortController();
    /** There is always a job more than the worker has in hand. */
    async function feed(): Promise<void> {
      while (!fed.signal.aborted) {
        jobs.push(await world.send(makeJob(await world.moments(1))));
        await waitUntil(() => jobs.length - world.api.digests.size <= 4, { what: "a digest" });
      }
    }
    const closed: string[] = [];
    const digests = () => [...world.api.digests.values()];
    const seenBy = (label: string) => digests().filter(({ worker }) => worker.model.name === label).length;
    world.api.heartbeatReply = { ...world.api.heartbeatReply, model: modelOf("car") };
    let asked = 0;
    const follow = (wanted: Engine["model"] | null) => {
      asked += 1;
      follower.follow(wanted);
    };
    const follower: Follower<Engine> = createFollower({
      first: engineOf("person", follow, closed),
      async make({ name }) {
        // Both have work: the one before has begun, and there is more to come.
        const other = name === "car" ? "person" : "car";
        const seen = seenBy(other);
        await waitUntil(() => seenBy(other) >= seen + 2, { what: `digests by ${other}` });
        return engineOf(name, follow, closed);
      },
      onChange: ({ model }) => closed.push(`${model.name} takes over`),
      log,
    });
    const running = follower.run();
    const feeding = feed();
    try {
      await waitUntil(() => closed.includes("person"), { what: "the first model to be closed" });
      world.api.heartbeatReply = { ...world.api.heartbeatReply, model: null };
      follower.follow(null);
      await waitUntil(() => closed.includes("car"), { what: "the second model to be closed" });
    } finally {
      fed.abort();
    }
    await feeding;
    for (const job of jobs) await world.digestOf(job);
    await world.waitForEmptyQueues();
    follower.stop();
    await running;

    assert.ok(asked > 0, "heartbeats say which model is in use");
    assert.deepEqual(closed, [
      "car takes over",
      "car is alone",
      "person",
      "person takes over",
      "person is alone",
      "car",
      "person",
    ]);
    assert.equal(world.api.digests.size, jobs.length);
    assert.ok(seenBy("person") >= 2 && seenBy("car") >= 2, `${seenBy("person")}, ${seenBy("car")}`);
    for (const { worker, moments } of digests()) {
      const labels = moments.flatMap(({ detections }) => detections.map(({ label }) => label));
      assert.deepEqual([...new Set(labels)], [worker.model.name]);
    }
    assert.deepEqual([world.api.faults, world.api.failures], [[], []]);
  });

  it("goes on with the model in use where the other cannot be had, and does not ask for it all the time", async () => {
    let made = 0;
    let at = 0;
    const closed: string[] = [];
    const follower: Follower<Engine> = createFollower({
      first: engineOf("person", () => undefined, closed),
      async make() {
        made += 1;
        throw new Error("no such model");
      },
      onChange: () => closed.push("changed"),
      log,
      now: () => at,
    });
    const running = follower.run();
    follower.follow(modelOf("car"));
    await pause(1);
    follower.follow(modelOf("car"));
    await pause(1);
    assert.equal(made, 1);
    at += 60_000;
    follower.follow(modelOf("car"));
    assert.equal(made, 2);
    await world.digestOf(await world.send(makeJob(await world.moments(1))));
    follower.stop();
    await running;
    assert.deepEqual(closed, ["person"]);
  });
});
