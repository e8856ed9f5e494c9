/** For tests: records as fast as the disk takes it, until it is killed. Segments are of 200 packets and their tables. */
import { setImmediate as turn } from "node:timers/promises";
import { openRing } from "../src/recorder/ring.ts";
import { createSegmentWriter } from "../src/recorder/write-segments.ts";
import { group } from "./transport-stream.ts";

const folder = process.argv[2] ?? "";
const ageMsMax = { ring: 1e15, event: 1e15, alarm: 1e15 };
const ring = await openRing(folder, ["yard"], { bytesMax: 1e12, freeBytesMin: 0, ageMsMax });
let [wallMs, last] = [1_000_000, Promise.resolve()];
const writer = createSegmentWriter({
  camera: "yard",
  ring,
  wallMs: () => wallMs,
  kindOf: () => "ring",
  inTurn(work) {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  },
  onDropped: (why) => process.stderr.write(`${why}\n`),
});
for (let mark = 0; ; mark++) {
  writer.push(group(mark, 199));
  wallMs += 4_000;
  await last;
  await turn();
}
