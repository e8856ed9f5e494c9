import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { sqsQueue } from "@vigil/core/platform/aws";
import type { Message, Queue } from "@vigil/core/platform/queue";
import { type QueueName, type Queues, startQueues } from "./queues.ts";

const region = "eu-west-2";
const credentials = { accessKeyId: "local", secretAccessKey: "a secret" };

async function receive(from: Queue, visibilitySeconds: number, waitSeconds = 5): Promise<Message[]> {
  return from.receive({ messagesMax: 10, waitSeconds, visibilitySeconds });
}

describe("the local queues", () => {
  let dataDir: string;
  let queues: Queues;
  const start = (settings = {}) => startQueues({ region, credentials, dataDir, ...settings });
  const queue = (name: QueueName, changes = {}): Queue =>
    sqsQueue({ url: queues.urls[name], endpoint: queues.endpoint, region, credentials, ...changes });

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "vigil-queues-"));
    queues = await start();
  });
  after(async () => {
    await queues.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("delivers what the SDK sends, and tells the depth", async () => {
    const priority = queue("vigil-priority");
    await priority.send("work");
    assert.deepEqual(await priority.depth(), { visible: 1, inFlight: 0, delayed: 0 });
    const [message] = await receive(priority, 30);
    assert.equal(message?.body, "work");
    assert.deepEqual(await priority.depth(), { visible: 0, inFlight: 1, delayed: 0 });
    await priority.delete(message);
    assert.deepEqual(await priority.depth(), { visible: 0, inFlight: 0, delayed: 0 });
  });

  it("shows a delayed message to a waiting long poll when its time has come", async () => {
    const session = queue("vigil-session");
    await session.send("later", { delaySeconds: 1 });
    const startMs = performance.now();
    const [message] = await receive(session, 30, 20);
    const waitedMs = performance.now() - startMs;
    assert.equal(message?.body, "later");
    assert.ok(waitedMs > 500, `waited ${waitedMs} ms`);
    await session.delete(message);
  });

  it("moves a message to the dead-letter queue after five receives", async () => {
    const standard = queue("vigil-standard");
    await standard.send("poison");
    for (let receives = 1; receives <= 5; receives += 1) {
      const [message] = await receive(standard, 30);
      assert.equal(message?.receiveCount, receives);
      await standard.changeVisibility(message, 0);
    }
    assert.deepEqual(await receive(standard, 30, 0), []);
    const dead = queue("vigil-dead-letter");
    const [message] = await receive(dead, 30);
    assert.equal(message?.body, "poison");
    await dead.delete(message);
  });

  it("gives back at once what a long poll received whose caller had gone", async () => {
    const priority = queue("vigil-priority");
    const leaving = new AbortController();
    const poll = priority.receive({
      messagesMax: 1,
      waitSeconds: 20,
      visibilitySeconds: 60,
      signal: leaving.signal,
    });
    await receive(queue("vigil-standard"), 1, 1);
    leaving.abort();
    assert.deepEqual(await poll, []);
    await priority.send("for the next");
    const [message] = await receive(priority, 30);
    assert.equal(message?.body, "for the next");
    await priority.delete(message);
  });

  it("keeps messages, seen or not, over a restart on another port", async () => {
    await queue("vigil-standard").send("seen");
    await receive(queue("vigil-standard"), 1);
    await queue("vigil-priority").send("unseen");
    await queues.stop();
    queues = await start({ visibilitySeconds: 60 });
    assert.equal((await receive(queue("vigil-priority"), 30))[0]?.body, "unseen");
    const [again] = await receive(queue("vigil-standard"), 30, 5);
    assert.deepEqual([again?.body, again?.receiveCount], ["seen", 2]);
  });

  it("refuses another secret, another key, another region and no signature at all", async () => {
    const changes = [
      [{ credentials: { ...credentials, secretAccessKey: "a guess" } }, "SignatureDoesNotMatch"],
      [{ credentials: { ...credentials, accessKeyId: "stranger" } }, "InvalidAccessKeyId"],
      [{ region: "us-east-1" }, "AuthorizationHeaderMalformed"],
    ] as const;
    for (const [change, name] of changes) {
      await assert.rejects(queue("vigil-priority", change).depth(), { name });
    }
    const bare = await fetch(queues.endpoint, { method: "POST", body: "{}" });
    assert.equal(bare.status, 403);
  });
});
