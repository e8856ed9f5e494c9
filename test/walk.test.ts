/** The whole walk with the real worker, model, queue, store and database: an event goes in, a digest comes out. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { systemClock } from "@vigil/core/platform/clock";
import { type SpanView, TraceList } from "@vigil/core/trace/wire";
import sharp from "sharp";
import { type LoadedModel, load } from "../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../gpu-worker/src/model/prepare-once.ts";
import { cacheDir } from "../gpu-worker/testing/cache-dir.ts";
import { findUnmatched } from "../gpu-worker/testing/match-detections.ts";
import { createReferenceDetector, type ReferenceDetector } from "../gpu-worker/testing/reference-detector.ts";
import { type Receiver, startReceiver } from "../packages/core/testing/receiver.ts";
import { startTraceCatcher, type TraceCatcher } from "../scripts/local/trace-catcher.ts";
import { until } from "../scripts/local/until.ts";
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
  let traces: TraceCatcher;
  let receiver: Receiver;
  before(async () => {
    const model = await load("yolov8n", { cacheDir });
    prepared = await prepareOnce(model, { cacheDir, clock: systemClock, onLog: () => undefined });
    reference = await createReferenceDetector(model.path, model.labels);
    [traces, receiver] = await Promise.all([startTraceCatcher(), startReceiver()]);
    world = await createWorld();
    api = await world.startApi({
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      TRACES_URL: traces.tracesUrl,
      LOCAL_RECEIVERS: "true",
    });
  });
  after(async () => {
    await reference.close();
    await world.close();
    await Promise.all([traces.stop(), receiver.close()]);
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

  it("is one trace from the device to the webhook, span by span, whoever else names the same", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const device = {
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      tracestate: `vendor=${"x".repeat(8_000)}`,
    };
    const worker = await world.startWorker(api.url, { changes: { OTEL_EXPORTER_OTLP_ENDPOINT: traces.url } });
    const [home, stranger] = [subscriber("guardian"), subscriber("pro")];
    await Promise.all([home, stranger].map((one, index) => one.addEndpoint(`${receiver.url}/${index}`)));
    // Long before what the tests above have reported of these sites, which it would otherwise be one incident with.
    const occurredAt = new Date(Date.now() - 3_600_000).toISOString();
    const { sessionId } = await home.postMultipart([await photograph("manInLane")], { occurredAt }, device);
    await home.digestOf(sessionId);
    const told = await until(() => receiver.received.find(({ headers }) => headers.traceparent), {
      withinMs: 60_000,
      because: "nothing was told",
    });
    assert.equal(told.headers.tracestate, undefined);
    const spans = await until(
      () => {
        const found = traces.list().find(({ id }) => id === traceId)?.spans ?? [];
        return found.some(({ name }) => name === "process jobs") && found.some(({ name }) => name === "POST")
          ? found
          : undefined;
      },
      { withinMs: 60_000, because: "the spans did not come" },
    );
    assert.deepEqual(wayTo(spans, "POST"), [
      "vigil-api server POST /v1/events",
      "vigil-api producer send sessions",
      "vigil-api consumer process sessions",
      "vigil-api producer send jobs",
      "vigil-worker consumer process jobs",
      "vigil-worker client POST /worker/v1/reviews/{id}/digest",
      "vigil-api server POST /worker/v1/reviews/{id}/digest",
      "vigil-api producer send deliveries",
      "vigil-api consumer process deliveries",
      "vigil-api client POST",
    ]);
    const named = (name: string) => spans.find((span) => span.name === name);
    assert.equal(named("POST /v1/events")?.parentId, "00f067aa0ba902b7");
    assert.equal(told.headers.traceparent, `00-${traceId}-${named("POST")?.id}-01`);
    for (const stage of ["fetch", "decode", "infer", "post"]) {
      assert.equal(named(stage)?.parentId, named("process jobs")?.id, stage);
    }
    assert.ok(spans.every(({ failure, milliseconds }) => failure === null && milliseconds >= 0));
    // Another account that names the same trace learns of nobody, and what it is told names what it said itself.
    const other = await stranger.postMultipart([await photograph("truckInLane")], { occurredAt }, device);
    const digest = await stranger.digestOf(other.sessionId);
    assert.ok(!JSON.stringify([digest, other]).includes(traceId));
    const asMember = await fetch(`${api.url}/operator/v1/traces`, { headers: stranger.authorization });
    assert.equal(asMember.status, 403);
    const asked = await fetch(`${api.url}/operator/v1/traces`, {
      headers: { authorization: `Bearer ${world.base.seeded.operatorToken}` },
    });
    const shown = TraceList.parse(await asked.json());
    assert.ok(shown.kept && shown.items.some(({ id }) => id === traceId));
    await worker.kill("SIGTERM");
  });
});

/** From the first of Vigil's spans to the one of that name. */
function wayTo(spans: readonly SpanView[], name: string): string[] {
  const way: string[] = [];
  let span = spans.find((one) => one.name === name);
  while (span) {
    way.unshift(`${span.service} ${span.kind} ${span.name}`);
    const { parentId } = span;
    span = spans.find(({ id }) => id === parentId);
  }
  return way;
}

/** A frame in which there is nothing to see. */
async function nothing(): Promise<Picture> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a7f78" } })
    .jpeg()
    .toBuffer();
  return { name: "nothing.jpg", bytes };
}
