/**
 * `npm run fuzz:sensors [-- --packets 10000000 --seed 1]`: mutated packets through all of sensing. Ends with 1 when
 * something was thrown, a whole packet was lost after them, or the memory kept growing.
 */
import "../../scripts/help.ts";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fuzzSensors } from "../testing/fuzz-sensors.ts";

const growthBytesMax = 16 * 1024 * 1024;
const { values } = parseArgs({
  options: { packets: { type: "string", default: "10000000" }, seed: { type: "string", default: "1" } },
});
setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
const heaps: number[] = [];

const result = await fuzzSensors({
  seed: Number(values.seed),
  packets: Number(values.packets),
  onProgress(done) {
    collect();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    heaps.push(heapUsed + arrayBuffers);
    process.stdout.write(
      `${String(done).padStart(9)} packets, heap ${megabytes(heapUsed)}, buffers ${megabytes(arrayBuffers)}, resident ${megabytes(rss)}\n`,
    );
  },
});
const later = heaps.slice(2);
const growth =
  later.length > 1
    ? Math.max(...later.slice(later.length >> 1)) - Math.max(...later.slice(0, later.length >> 1))
    : 0;
process.stdout.write(
  `${JSON.stringify(result)}\nmemory of the later half against the earlier: ${megabytes(growth)}\n`,
);
if (!result.recovered || growth > growthBytesMax) process.exitCode = 1;
