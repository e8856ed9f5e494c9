/** For tests: a program that speaks as the worker's detector does, and sees what the picture's last bytes tell it to. */
import { setTimeout as pause } from "node:timers/promises";

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
let held = Buffer.alloc(0);
say({ ready: true, model: process.argv[2] ?? "test" });
for await (const piece of process.stdin as AsyncIterable<Buffer>) {
  held = Buffer.concat([held, piece]);
  while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
    const picture = held.subarray(4, 4 + held.readUInt32BE(0)).toString("latin1");
    held = held.subarray(4 + held.readUInt32BE(0));
    if (picture.includes("dies")) process.exit(3);
    if (picture.includes("lies")) say({ nothing: "that is an answer" });
    if (picture.includes("slow")) await pause(300);
    if (picture.includes("bad")) say({ error: "no picture" });
    else {
      const detections = [
        { label: "person", confidence: 0.9, box: [0.25, 0.5, 0.5, 0.25] },
        { label: "dog", confidence: 0.3, box: [0, 0, 1, 1] },
      ];
      say({ width: 200, height: 100, detections });
    }
  }
}
