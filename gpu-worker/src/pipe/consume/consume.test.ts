import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { nothingAllowed } from "@vigil/core/consent/wire";
import type { Message, Queue } from "@vigil/core/platform/queue";
import { createSigningKey, readPublicKey, readSigningKey, sign } from "@vigil/core/review/job-signature";
import { Job } from "@vigil/core/review/wire";
import { makeJob, makeMoment } from "../../../testing/make-job.ts";
import { startQueues, type TestQueues } from "../../../testing/queues.ts";
import { jobPublicKey, signJob } from "../../../testing/signing.ts";
import { waitUntil } from "../../../testing/wait-until.ts";
import { createLog } from "../../observe/log.ts";
import { hold } from "./hold.ts";
import { consume, createSource } from "./index.ts";
import { createReadJob } from "./read-job.ts";

const log = createLog({ level: "silent", workerId: "test" });
const holding = { visibilitySeconds: 30, heartbeatSeconds: 10, log };

describe("consuming", () => {
  let queues: TestQueues;
  let stop: AbortController;
  beforeEach(async () => {
    queues = await startQueues();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await queues.close();
  });

  /** Consumes until the test stops it; every message is deleted when it is taken. */
  function start(options: { room?: () => Promise<void>; pollSeconds?: number } = {}) {
    const taken: string[] = [];
    const polls = { sent: 0 };
    const source = (name: "priority" | "standard") =>
      createSource({
        ...holding,
        name,
        queue: {
          ...queues[name],
          receive(poll) {
            polls.sent += 1;
            return queues[name].receive(poll);
          },
        },
        pollSeconds: options.pollSeconds ?? 1,
        signal: stop.signal,
      });
    const ended = consume({
      priority: source("priority"),
      standard: source("standard"),
      room: options.room ?? (async () => undefined),
      take(message) {
        taken.push(message.message.body);
        void message.delete();
      },
      signal: stop.signal,
    });
    return { taken, polls, ended };
  }

  it("takes the priority queue first and gives every fourth pick to the standard queue", async () => {
    for (let index = 0; index < 12; index += 1) {
      await queues.priority.send("priority");
      await queues.standard.send("standard");
    }
    const { taken, ended } = start();
    await waitUntil(() => taken.length === 24, { what: "all messages" });
    const underLoad = taken.slice(0, 12);
    assert.equal(underLoad.filter((body) => body === "standard").length, 3, underLoad.join(" "));
    stop.abort();
    await ended;
  });

  it("does not make the standard queue wait for an empty priority queue", async () => {
    for (let index = 0; index < 5; index += 1) await queues.standard.send(`standard ${index}`);
    // Each message that waited for a poll of the priority queue would take 20 s.
    const { taken, ended } = start({ pollSeconds: 20 });
    await waitUntil(() => taken.length === 5, { what: "all messages" });
    stop.abort();
    // Ends the long polls, which the stop waits for.
    await Promise.all([queues.priority.send("last"), queues.standard.send("last")]);
    await ended;
  });

  it("takes nothing while there is no room", async () => {
    const freeing = Promise.withResolvers<void>();
    await queues.priority.send("a");
    const { taken, ended } = start({ room: () => freeing.promise });
    await new Promise(setImmediate);
    assert.equal(queues.server.inspectQueue("priority")?.messages.ready.length, 1);
    freeing.resolve();
    await waitUntil(() => taken.length === 1, { what: "the message" });
    stop.abort();
    await ended;
  });

  it("gives back at once what its last polls bring after the stop", async () => {
    const { taken, polls, ended } = start();
    await waitUntil(() => polls.sent === 2, { what: "both long polls" });
    stop.abort();
    await queues.priority.send("late");
    await ended;
    assert.deepEqual(taken, []);
    assert.equal(queues.server.inspectQueue("priority")?.messages.ready.length, 1);
    const [again] = await queues.priority.receive({ messagesMax: 1, waitSeconds: 1, visibilitySeconds: 30 });
    assert.equal(again?.body, "late");
  });
});

/** A queue that records what it is told. */
function recordingQueue(faults: { delete?: number } = {}) {
  const calls: string[] = [];
  let deleteFaults = faults.delete ?? 0;
  const queue: Queue = {
    send: async () => undefined,
    receive: async () => [],
    depth: async () => ({ visible: 0, inFlight: 0, delayed: 0 }),
    async delete() {
      calls.push("delete");
      if (deleteFaults-- > 0) throw new Error("not now");
    },
    async changeVisibility(_message, seconds) {
      calls.push(`visibility ${seconds}`);
    },
  };
  return { queue, calls };
}

describe("a message in hand", () => {
  const message: Message = {
    id: "1",
    body: "",
    receiptHandle: "r",
    receiveCount: 1,
    sentAt: new Date(0),
  };

  beforeEach(() => mock.timers.enable({ apis: ["setInterval"] }));
  afterEach(() => mock.timers.reset());

  it("stays invisible as long as it is held, and no longer", async () => {
    const { queue, calls } = recordingQueue();
    const held = hold(message, { queue, visibilitySeconds: 300, heartbeatSeconds: 60, log });
    mock.timers.tick(180_000);
    assert.deepEqual(calls, ["visibility 300", "visibility 300", "visibility 300"]);
    held.leave();
    mock.timers.tick(600_000);
    assert.equal(calls.length, 3);
  });

  it("is released for others at once or after a delay", async () => {
    const { queue, calls } = recordingQueue();
    await hold(message, { queue, visibilitySeconds: 300, heartbeatSeconds: 60, log }).release(0);
    await hold(message, { queue, visibilitySeconds: 300, heartbeatSeconds: 60, log }).release(30);
    mock.timers.tick(600_000);
    assert.deepEqual(calls, ["visibility 0", "visibility 30"]);
  });

  it("is deleted in the end although the queue fails at first", async () => {
    const { queue, calls } = recordingQueue({ delete: 1 });
    await hold(message, { queue, visibilitySeconds: 300, heartbeatSeconds: 60, log }).delete();
    assert.deepEqual(calls, ["delete", "delete"]);
  });
});

describe("reading a job", () => {
  const readJob = createReadJob(Job, [readPublicKey(jobPublicKey)], log);
  const read = (body: string) =>
    readJob({ id: "1", body, receiptHandle: "", receiveCount: 1, sentAt: new Date() });
  const moment = makeMoment({
    url: "https://host/a.jpg",
    expiresAt: new Date().toISOString(),
    bytes: new Uint8Array(1),
  });

  it("takes what the API signed", () => {
    const job = makeJob([moment]);
    assert.equal(read(signJob(job))?.reviewId, job.reviewId);
  });

  it("answers undefined for what is no job, whatever it is", () => {
    for (const body of ["", "null", "[]", "{}", '{"v":2}', "{", "x".repeat(300 * 1024)]) {
      assert.equal(read(body), undefined, body.slice(0, 10));
    }
  });

  it("refuses a job that nobody signed, that another key signed, and that was altered after it was signed", () => {
    const job = makeJob([moment]);
    const others = readSigningKey(createSigningKey());
    const altered = signJob(job).replace("https://host/a.jpg", "https://host/b.jpg");
    for (const body of [JSON.stringify(job), sign(job, others), altered]) {
      assert.equal(read(body), undefined, body);
    }
  });

  it("refuses, although it is signed, a URL of another kind than http and a number out of its bounds", () => {
    const wrong: Parameters<typeof makeMoment>[1][] = [
      { url: "file:///etc/passwd" },
      { url: "data:image/jpeg;base64,AAAA" },
      { url: "ftp://host/a.jpg" },
      { bytes: 0 },
      { bytes: 2 ** 40 },
      { bytes: 1.5 },
    ];
    for (const change of wrong) {
      assert.equal(read(signJob(makeJob([{ ...moment, ...change }]))), undefined, JSON.stringify(change));
    }
    for (const change of [{ part: -1 }, { part: 2 ** 31 }, { priority: 0 }, { priority: 5 }]) {
      assert.equal(read(signJob(makeJob([moment], change))), undefined, JSON.stringify(change));
    }
    const policy = { k: 2 ** 31, earlyExitConfidence: 0.2, secondStage: false, inspect: nothingAllowed };
    assert.equal(read(signJob(makeJob([moment], { policy }))), undefined);
  });
});
