/** The whole walk with the real worker, model, queue, store and database: an event goes in, a digest comes out. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { systemClock } from "@vigil/core/platform/clock";
import sharp from "sharp";
import { type LoadedModel, load, obtain } from "../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../gpu-worker/src/model/prepare-once.ts";
import { cacheDir } from "../gpu-worker/testing/cache-dir.ts";
import { findUnmatched } from "../gpu-worker/testing/match-detections.ts";
import { createReferenceDetector, type ReferenceDetector } from "../gpu-worker/testing/reference-detector.ts";
import { samplePhotographs } from "../gpu-worker/testing/sample-photographs.ts";
import { until } from "../scripts/local/until.ts";
import { createSubscriber, type Picture } from "./walk/subscriber.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

const names = ["manInLane", "truckInLane", "carPark", "emptyGarden", "nightStreet", "dogOnLawn"] as const;

async function photograph(name: (typeof names)[number]): Promise<Picture> {
  return {
    name: `${name}.jpg`,
    bytes: await readFile(await obtain(samplePhotographs[name].file, { cacheDir })),
  };
}

/**
 * The reference looks at squares, as YOLOv8n was exported, the worker at rectangles: what lies at the border of a
 * picture has other surroundings. On equal canvases boxes agree to 0.85: see `pipe/infer/detector.test.ts`.
 */
const iouMin = 0.5;

describe("the whole walk", () => {
  let world: World;
  let api: Running;
  let reference: ReferenceDetector;
  let prepared: LoadedModel;
  before(async () => {
    const model = await load("yolov8n", { cacheDir });
    prepared = await prepareOnce(model, { cacheDir, clock: systemClock, onLog: () => undefined });
    reference = await createReferenceDetector(model.path, model.labels);
    world = await createWorld();
    api = await world.startApi();
  });
  after(async () => {
    await reference.close();
    await world.close();
  });
  const subscriber = (tier: "guardian" | "pro" = "pro", url = api.url) => {
    const account = world.base.seeded.accounts.find((one) => one.tier === tier);
    assert.ok(account);
    return createSubscriber(url, account);
  };
  const queuesEmpty = () =>
    until(
      async () => {
        const depths = Object.values(await world.depths());
        return depths.every(({ visible, inFlight, delayed }) => visible + inFlight + delayed === 0)
          ? true
          : undefined;
      },
      { withinMs: 180_000, everyMs: 100, because: "something is left in a queue" },
    );

  it("answers a photograph that nobody has seen with the objects and boxes of a reference detector", async () => {
    const worker = await world.startWorker(api.url);
    const home = subscriber("guardian");
    const pictures = [...(await Promise.all(names.map(photograph))), await nothing()];
    const { sessionId } = await home.postMultipart(pictures);
    const digest = await home.digestOf(sessionId);
    const shown = await Promise.all(
      digest.moments.map(async (moment) => {
        const image = await fetch(moment.image?.url ?? "");
        assert.equal(image.status, 200);
        return { moment, bytes: new Uint8Array(await image.arrayBuffer()) };
      }),
    );
    assert.equal(shown.length, pictures.length);
    for (const { moment, bytes } of shown) {
      const expected = await reference.detect(bytes);
      const sure = <T extends { confidence: number }>(found: readonly T[]) =>
        found.filter((one) => one.confidence > 0.4);
      assert.deepEqual(
        findUnmatched(sure(expected), moment.detections, iouMin),
        [],
        "objects that were missed",
      );
      assert.deepEqual(
        findUnmatched(sure(moment.detections), expected, iouMin),
        [],
        "objects that are not there",
      );
    }
    assert.equal(digest.model.name, "yolov8n");
    assert.equal(digest.model.sha256, prepared.sha256);
    assert.equal(digest.moments.filter((moment) => moment.outcome === "early_exit").length, 1);
    await queuesEmpty();
    await worker.kill("SIGTERM");
  });

  it("reviews a job whose URLs expired in the queue, from evidence that was uploaded by presigned PUT", async () => {
    const home = subscriber();
    const { sessionId } = await home.postAndUpload([await photograph("manInLane")]);
    const review = await home.askForReview(sessionId);
    await world.expireWaitingJob();
    const worker = await world.startWorker(api.url);
    const digest = await home.digestOf(sessionId);
    assert.equal(digest.reviewId, review.id);
    assert.equal(digest.counts.person, 1);
    await worker.kill("SIGTERM");
  });

  it("renews links to a store that was elsewhere, and completes nothing while a worker looks for it there", async () => {
    const elsewhere = "http://127.0.0.1:1";
    const moved = await world.startApi({ EVIDENCE_ENDPOINT: elsewhere });
    const { sessionId } = await subscriber().postMultipart([await photograph("dogOnLawn")]);
    const review = await subscriber("pro", moved.url).askForReview(sessionId);
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
    assert.notEqual((await subscriber().getReview(review.id)).state, "completed");
    const right = await world.startWorker(api.url);
    const digest = await subscriber().digestOf(sessionId);
    assert.equal(digest.reviewId, review.id);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["reviewed"],
    );
    await queuesEmpty();
    await right.kill("SIGTERM");
  });

  it("finishes a review whose worker was killed in the middle of it, with exactly one digest", async () => {
    const doomed = await world.startWorker(api.url, { visibilitySeconds: 4 });
    const home = subscriber();
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
        /^vigil_worker_moments_in_hand [1-9]/m.test(await (await fetch(doomed.url)).text())
          ? true
          : undefined,
      {
        withinMs: 180_000,
        everyMs: 5,
        because: "the worker took nothing in hand",
      },
    );
    await doomed.kill("SIGKILL");
    assert.notEqual((await home.getReview(review.id)).state, "completed");
    const second = await world.startWorker(api.url, { visibilitySeconds: 4 });
    const digest = await home.digestOf(sessionId);
    assert.equal(digest.reviewId, review.id);
    assert.equal(digest.moments.length, 20);
    const [count] = await world.base
      .owner`select count(*)::int as count from digest where review_id = ${review.id}`;
    assert.equal(count?.count, 1);
    await queuesEmpty();
    await second.kill("SIGTERM");
  });

  it("sends a job once that the API was killed before sending", async () => {
    const hole = createServer();
    await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
    const address = hole.address();
    assert.ok(address && typeof address === "object");
    const stuck = await world.startApi({ SQS_ENDPOINT: `http://127.0.0.1:${address.port}` });
    const account = world.base.seeded.accounts.find((one) => one.tier === "pro");
    assert.ok(account);
    // Recorded by the API that works; the review is asked of the one whose queue never answers.
    const { sessionId } = await subscriber().postMultipart([await photograph("dogOnLawn")]);
    await api.kill("SIGTERM");
    const asking = createSubscriber(stuck.url, account)
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
    api = await world.startApi();
    await until(async () => ((await world.depths()).priority.visible === 1 ? true : undefined), {
      withinMs: 180_000,
      because: "the job was not sent",
    });
    const worker = await world.startWorker(api.url);
    const digest = await subscriber().digestOf(sessionId);
    assert.equal(digest.reviewId, row?.review_id);
    assert.equal(digest.counts.dog, 1);
    await queuesEmpty();
    await worker.kill("SIGTERM");
  });
});

/** A frame in which there is nothing to see. */
async function nothing(): Promise<Picture> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a7f78" } })
    .jpeg()
    .toBuffer();
  return { name: "nothing.jpg", bytes };
}

/** The same picture, brighter by a little each time: other bytes, another frame. */
async function variant({ bytes }: Picture, index: number): Promise<Uint8Array> {
  return sharp(bytes)
    .modulate({ brightness: 1 + index / 40 })
    .rotate(index % 2 === 0 ? 0 : 180)
    .jpeg()
    .toBuffer();
}
