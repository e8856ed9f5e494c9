/**
 * The baseline of the benchmark: the worker that a competent user would write in an afternoon. One message at a time,
 * one image at a time, the float32 model as it comes, the runtime's default threads, on the main thread.
 * It signs and reports as the real worker does; it has no limits, no cache and no recovery.
 */
import { DigestReport } from "@vigil/core/digest/wire";
import { sqsQueue } from "@vigil/core/platform/aws";
import { Job, type JobMoment } from "@vigil/core/review/wire";
import sharp from "sharp";
import { createApi } from "../src/api/index.ts";
import { readConfig } from "../src/config.ts";
import { load } from "../src/model/index.ts";
import { InferenceSession, Tensor } from "../src/model/runtime/index.ts";

const config = readConfig();
const model = await load(config.model.name, config.model);
const session = await InferenceSession.create(model.path);
const api = createApi({ ...config.api, onRetry: () => undefined });
const queue = sqsQueue({ ...config.queues, url: config.queues.priorityUrl });
const side = model.inputSize;

type Found = DigestReport["moments"][number]["detections"][number];

/** Letterboxed RGB, 0..1, [1, 3, side, side]. */
async function readTensor(bytes: Uint8Array): Promise<Tensor> {
  const pixels = await sharp(bytes)
    .resize(side, side, { fit: "contain", background: { r: 114, g: 114, b: 114 } })
    .removeAlpha()
    .raw()
    .toBuffer();
  const area = side * side;
  const values = new Float32Array(3 * area);
  for (let index = 0; index < area; index += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      values[channel * area + index] = (pixels[index * 3 + channel] ?? 0) / 255;
    }
  }
  return new Tensor("float32", values, [1, 3, side, side]);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Of the output [1, 4 + classes, anchors]: what lies above the threshold, without overlaps. */
function readDetections(output: Float32Array, anchors: number): Found[] {
  const found: Found[] = [];
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    let best = 0;
    let score = 0;
    for (let label = 0; label < model.labels.length; label += 1) {
      const value = output[(4 + label) * anchors + anchor] ?? 0;
      if (value > score) [best, score] = [label, value];
    }
    if (score < 0.25) continue;
    const [x = 0, y = 0, w = 0, h = 0] = [0, 1, 2, 3].map(
      (row) => (output[row * anchors + anchor] ?? 0) / side,
    );
    found.push({
      label: model.labels[best] ?? "unknown",
      confidence: score,
      box: [clamp(x - w / 2), clamp(y - h / 2), clamp(w), clamp(h)],
    });
  }
  found.sort((a, b) => b.confidence - a.confidence);
  return found.filter((one, index) => !found.slice(0, index).some((other) => overlap(one, other) > 0.5));
}

function overlap(a: Found, b: Found): number {
  const width = Math.min(a.box[0] + a.box[2], b.box[0] + b.box[2]) - Math.max(a.box[0], b.box[0]);
  const height = Math.min(a.box[1] + a.box[3], b.box[1] + b.box[3]) - Math.max(a.box[1], b.box[1]);
  if (a.label !== b.label || width <= 0 || height <= 0) return 0;
  return (width * height) / (a.box[2] * a.box[3] + b.box[2] * b.box[3] - width * height);
}

async function look({ id, url }: JobMoment): Promise<DigestReport["moments"][number]> {
  const answer = await fetch(url);
  const tensor = await readTensor(new Uint8Array(await answer.arrayBuffer()));
  const { output0 } = await session.run({ images: tensor });
  if (!output0) throw new Error("expected the output output0");
  return {
    id,
    outcome: "reviewed",
    detections: readDetections(output0.data as Float32Array, output0.dims[2] ?? 0),
  };
}

process.on("SIGTERM", () => process.exit(0));
process.stdout.write(`${JSON.stringify({ msg: "worker ready" })}\n`);
for (;;) {
  const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 1, visibilitySeconds: 300 });
  if (!message) continue;
  const job = Job.parse(JSON.parse(message.body));
  const startedAt = new Date().toISOString();
  const moments: DigestReport["moments"] = [];
  for (const moment of job.moments) moments.push(await look(moment));
  await api.reportDigest(
    DigestReport.parse({
      v: 1,
      reviewId: job.reviewId,
      part: job.part,
      worker: {
        id: "baseline",
        provider: "cpu",
        model: { name: model.name, sha256: model.sha256 },
        capabilities: { faces: false, reidentification: false, plates: false },
      },
      startedAt,
      finishedAt: new Date().toISOString(),
      timings: { queueMs: 0, fetchMs: 0, decodeMs: 0, inferMs: 0, postMs: 0 },
      moments,
    }),
    { traceparent: job.traceparent },
  );
  await queue.delete(message);
}
