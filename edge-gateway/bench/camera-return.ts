/**
 * `npm run gateway:camera-return -- [rounds]`: how long after a camera's return the gateway has pictures of it again, and how
 * long after its loss that is told. Each round it dies or stalls (in turn), stays away for 1 to 20 seconds, and comes back with
 * another size. The camera's own start, until its encoder gives the first frame, is counted as the gateway's.
 */
import "../../scripts/help.ts";
import { setTimeout as pause } from "node:timers/promises";
import { openCameras } from "../src/cameras/index.ts";
import { CamerasConfig } from "../src/cameras-config.ts";
import { systemClock } from "../src/clock.ts";
import { ffmpegPath, startCamera } from "../testing/camera.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { chanceOf } from "./corpus/chance.ts";

const rounds = Number(process.argv[2] ?? 20);
const chance = chanceOf(7);
const sizes = ["640x360", "320x240", "1280x720"];
const scene = (round: number) => `testsrc=s=${sizes[round % sizes.length]}:r=10`;

let camera = await startCamera(scene(0));
let lostMs: number | undefined;
const cameras = openCameras({
  config: CamerasConfig.parse({
    ffmpeg: ffmpegPath,
    list: [{ name: "yard", place: "yard", source: { kind: "stream", url: camera.url } }],
  }),
  clock: systemClock,
  onEvent: () => {},
  onFault: () => {
    lostMs = performance.now();
  },
});
const isUp = () => cameras.list()[0]?.state === "up";
const heardMs = () => cameras.list()[0]?.lastFrameMonotonicMs ?? 0;

function row(name: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    ((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN) / 1_000).toFixed(1);
  process.stdout.write(
    `${name.padEnd(28)} ${String(sorted.length).padStart(3)} times: median ${at(0.5)} s, p95 ${at(0.95)} s, most ${at(1)} s\n`,
  );
}

const back: Record<"died" | "stalled", number[]> = { died: [], stalled: [] };
const told: number[] = [];
try {
  await waitUntil(isUp, { what: "the first frame" });
  for (let round = 1; round <= rounds; round++) {
    const how = round % 2 === 0 ? "stalled" : "died";
    lostMs = undefined;
    const goneMs = performance.now();
    if (how === "stalled") camera.stall();
    else await camera[Symbol.asyncDispose]();
    await pause(chance.whole(1_000, 20_000));
    await camera[Symbol.asyncDispose]();
    if (lostMs !== undefined) told.push(lostMs - goneMs);
    camera = await startCamera(scene(round), camera.port);
    const returnedMs = performance.now();
    const before = systemClock.monotonicMs();
    await waitUntil(() => isUp() && heardMs() > before, { what: "its return" });
    back[how].push(performance.now() - returnedMs);
  }
} finally {
  await cameras.stop();
  await camera[Symbol.asyncDispose]();
}
row("back after it had died", back.died);
row("back after it had stalled", back.stalled);
if (told.length > 0) row("its loss was told after", told);
