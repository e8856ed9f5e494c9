/** The walk goes on where a part of it is elsewhere for a while, or dies: every review ends with exactly one digest. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import sharp from "sharp";
import { until } from "../scripts/local/until.ts";
import { photograph } from "./walk/photograph.ts";
import { createSubscriber, type Picture } from "./walk/subscriber.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

const houses = ["of the store", "of the worker", "of the API"] as const;
const plan = { tier: "pro", siteName: "Home", deviceName: "Camera", timeZone: "Europe/London" } as const;

describe("the walk, where a part of it dies", () => {
  let world: World;
  let api: Running;
  /** What one test leaves running serves the next. Its jobs come back soon after it dies. */
  let worker: Running;
  /** No session falls silent by itself here: what is reviewed is what was asked for, and by whom it was asked. */
  const startApi = (changes: Record<string, string> = {}) =>
    world.startApi({ SESSION_GAP_SECONDS: "600", ...changes });
  before(async () => {
    // A house for each test: what comes close in one is one session.
    world = await createWorld(houses.map((name) => ({ ...plan, name })));
    api = await startApi();
  });
  after(async () => world.close());
  const subscriber = (name: (typeof houses)[number], url = api.url) => {
    const account = world.base.seeded.accounts.find((one) => one.name === name);
    assert.ok(account);
    return createSubscriber(url, account);
  };

  it("renews links to a store that was elsewhere, and completes nothing while a worker looks for it there", async () => {
    const elsewhere = "http://127.0.0.1:1";
    const moved = await startApi({ EVIDENCE_ENDPOINT: elsewhere });
    const { sessionId } = await subscriber("of the store").postMultipart([await photograph("dogOnLawn")]);
    const review = await subscriber("of the store", moved.url).askForReview(sessionId);
    await moved.kill("SIGTERM");
    const wrong = await world.startWorker(api.url, { visibilitySeconds: 4, evidenceHost: elsewhere });
    await until(
      async () =>
        /^vigil_worker_reviews_total\{result="unreported"\} [1-9]/m.test(
          await (await fetch(wrong.url)).text(),
        )
          ? true
          : undefined,
      { withinMs: 180_000, everyMs: 100, because: "the wrong worker did not try" },
    );
    await wrong.kill("SIGTERM");
    assert.notEqual((await subscriber("of the store").getReview(review.id)).state, "completed");
    worker = await world.startWorker(api.url, { visibilitySeconds: 4 });
    const digest = await subscriber("of the store").digestOf(sessionId);
    assert.equal(digest.reviewId, review.id);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["reviewed"],
    );
    await world.untilQueuesAreEmpty();
  });

  it("finishes a review whose worker was killed in the middle of it, with exactly one digest", async () => {
    const home = subscriber("of the worker");
    const frames = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => ({
        name: `${index}.jpg`,
        bytes: await variant(await photograph("nightStreet"), index),
      })),
    );
    const { sessionId } = await home.postMultipart(frames);
    const review = await home.askForReview(sessionId);
    await until(
      async () =>
        /^vigil_worker_moments_in_hand [1-9]/m.test(await (await fetch(worker.url)).text())
          ? true
          : undefined,
      {
        withinMs: 180_000,
        everyMs: 5,
        because: "the worker took nothing in hand",
      },
    );
    await worker.kill("SIGKILL");
    assert.notEqual((await home.getReview(review.id)).state, "completed");
    worker = await world.startWorker(api.url, { visibilitySeconds: 4 });
    const digest = await home.digestOf(sessionId);
    assert.equal(digest.reviewId, review.id);
    assert.equal(digest.moments.length, 20);
    const [count] = await world.base
      .owner`select count(*)::int as count from digest where review_id = ${review.id}`;
    assert.equal(count?.count, 1);
    await world.untilQueuesAreEmpty();
    await worker.kill("SIGTERM");
  });

  it("sends a job once that the API was killed before sending", async () => {
    const hole = createServer();
    await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
    const address = hole.address();
    assert.ok(address && typeof address === "object");
    const stuck = await startApi({ SQS_ENDPOINT: `http://127.0.0.1:${address.port}` });
    // Recorded by the API that works; the review is asked of the one whose queue never answers.
    const { sessionId } = await subscriber("of the API").postMultipart([await photograph("dogOnLawn")]);
    await api.kill("SIGTERM");
    const asking = subscriber("of the API", stuck.url)
      .askForReview(sessionId)
      .catch(() => undefined);
    const [row] = await until(
      async () => {
        const rows = await world.base
          .owner`select review_id from outbox where claimed_until is not null and sent_at is null`;
        return rows.length > 0 ? rows : undefined;
      },
      { withinMs: 180_000, because: "the review was not committed" },
    );
    await stuck.kill("SIGKILL");
    await asking;
    hole.close();
    // As if the lease of the dead publisher had run out.
    await world.base.owner`update outbox set claimed_until = now() where sent_at is null`;
    api = await startApi();
    await until(async () => ((await world.depths()).priority.visible === 1 ? true : undefined), {
      withinMs: 180_000,
      because: "the job was not sent",
    });
    worker = await world.startWorker(api.url);
    const digest = await subscriber("of the API").digestOf(sessionId);
    assert.equal(digest.reviewId, row?.review_id);
    assert.equal(digest.counts.dog, 1);
    await world.untilQueuesAreEmpty();
    await worker.kill("SIGTERM");
  });
});

/** The same picture, brighter by a little each time: other bytes, another frame. */
async function variant({ bytes }: Picture, index: number): Promise<Uint8Array> {
  return sharp(bytes)
    .modulate({ brightness: 1 + index / 40 })
    .rotate(index % 2 === 0 ? 0 : 180)
    .jpeg()
    .toBuffer();
}
