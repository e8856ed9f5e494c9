/**
 * `npm run look -- --model yolov8n`: the worker's detector for a program beside it on the same machine, such as the edge gateway.
 *
 * On standard input pictures, each as its length (four bytes, big-endian) and its bytes; on standard output a line of JSON for
 * each, in their order: `{"width", "height", "detections"}` or `{"error"}`. The first line is `{"ready": true, "model"}`. It ends with its
 * input.
 */
import { parseArgs } from "node:util";
import { evidence, review } from "@vigil/core/limits";
import { systemClock } from "@vigil/core/platform/clock";
import { load } from "../model/index.ts";
import { prepareOnce } from "../model/prepare-once.ts";
import { decode } from "../pipe/decode/index.ts";
import { createDetector } from "../pipe/infer/index.ts";

const help = `npm run look -- [--model yolov8n] [--cache folder] [--threads 1]

Pictures on standard input, each as its length (four bytes, big-endian) and its bytes; a line of JSON for each on standard output.`;
const pictureBytesMax = 16 * 1024 * 1024;

/** Throws a RangeError for a length that nobody would send. */
async function* readPictures(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of input) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    while (held.length >= 4) {
      const bytes = held.readUInt32BE(0);
      if (bytes > pictureBytesMax) {
        throw new RangeError(`expected a picture of at most ${pictureBytesMax} bytes`);
      }
      if (held.length < 4 + bytes) break;
      yield held.subarray(4, 4 + bytes);
      held = held.subarray(4 + bytes);
    }
  }
}

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "yolov8n" },
    cache: { type: "string", default: ".vigil/cache" },
    threads: { type: "string", default: "1" },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const cacheDir = values.cache;
const found = await load(values.model, { cacheDir });
const model = await prepareOnce(found, { cacheDir, clock: systemClock, onLog: () => {} });
const detector = await createDetector({
  model,
  provider: "cpu",
  lanes: 1,
  threads: Math.max(1, Number(values.threads) || 1),
  ...review,
});
say({ ready: true, model: model.name });
try {
  for await (const picture of readPictures(process.stdin)) {
    try {
      const options = { ...model, contentType: "image/jpeg", pixelsMax: evidence.pixelsMax };
      const image = await decode(picture, options);
      const [answer] = await detector.detect([image]);
      if (!answer || "error" in answer) throw new Error(answer?.error ?? "the detector gave no answer");
      say({ width: image.width, height: image.height, detections: answer.detections });
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  }
} finally {
  await detector.close();
}
