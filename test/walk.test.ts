/** The whole walk with the real worker, model, queue, store and database: an event goes in, a digest comes out. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { systemClock } from "@vigil/core/platform/clock";
import sharp from "sharp";
import { type LoadedModel, load } from "../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../gpu-worker/src/model/prepare-once.ts";
import { cacheDir } from "../gpu-worker/testing/cache-dir.ts";
import { findUnmatched } from "../gpu-worker/testing/match-detections.ts";
import { createReferenceDetector, type ReferenceDetector } from "../gpu-worker/testing/reference-detector.ts";
import { photograph } from "./walk/photograph.ts";
import { createSubscriber, type Picture } from "./walk/subscriber.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

const names = ["manInLane", "truckInLane", "carPark", "emptyGarden", "nightStreet", "dogOnLawn"] as const;

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
  const subscriber = (tier: "guardian" | "pro" = "pro") => {
    const account = world.base.seeded.accounts.find((one) => one.tier === tier);
    assert.ok(account);
    return createSubscriber(api.url, account);
  };

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
    await world.untilQueuesAreEmpty();
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
});

/** A frame in which there is nothing to see. */
async function nothing(): Promise<Picture> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a7f78" } })
    .jpeg()
    .toBuffer();
  return { name: "nothing.jpg", bytes };
}
