import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { noCameras } from "../../testing/no-cameras.ts";
import { openTestSite } from "../../testing/sensing-site.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import type { CameraState } from "../cameras/index.ts";
import { createLog } from "../log.ts";
import { ClipRefused, type Kind } from "../recorder/index.ts";
import { openWeb } from "./index.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const yard: CameraState = {
  name: "yard",
  place: "<the yard>",
  url: "rtsp://10.0.0.7/live",
  state: "lost",
  why: "no picture for 10 s",
  restarts: 3,
  frames: 900,
  events: 2,
  lastFrameMonotonicMs: 0,
  isMoving: false,
  nuisanceShare: 0.125,
  zones: [
    {
      name: "gate",
      polygon: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
  masks: [],
  recording: undefined,
};

describe("a camera's page", () => {
  it("shows its picture, its zones, how it is, and what is ignored; and there is none of an unknown one", async () => {
    await using site = await openTestSite();
    let picture: Uint8Array | undefined;
    const drawn: unknown[] = [];
    const web = await openWeb({
      host: "127.0.0.1",
      port: 0,
      site: "shop-1",
      timeZone: "UTC",
      clock: site.clock,
      status: () => Promise.reject(new Error("the overview is not asked for")),
      sensing: site.sensing,
      cameras: {
        ...noCameras,
        list: () => [yard],
        picture: (name) => (name === "yard" ? picture : undefined),
        draw: async (name, areas) => void drawn.push([name, areas]),
      },
      log: createLog({ level: "silent" }),
    });
    const get = (path: string) => fetch(new URL(path, web.url));
    try {
      assert.equal((await get("/cameras/yard/now.jpg")).status, 404);
      assert.match(await (await get("/cameras/yard")).text(), /has given no picture/);
      picture = jpeg;
      const body = await (await get("/cameras/yard")).text();
      assert.match(body, /&lt;the yard&gt;/);
      assert.match(body, /lost: no picture for 10 s/);
      assert.match(body, /points="0\.0,0\.0 50\.0,0\.0 50\.0,100\.0"/);
      assert.match(body, /13 % of the picture/);
      assert.match(await (await get("/live/cameras/yard")).text(), /now\.jpg\?at=/);
      const shown = await get("/cameras/yard/now.jpg?at=1");
      assert.equal(shown.headers.get("content-type"), "image/jpeg");
      assert.deepEqual(Buffer.from(await shown.arrayBuffer()), jpeg);
      assert.equal((await get("/cameras/nobody")).status, 404);
      assert.equal((await get("/cameras/yard/recordings")).status, 404);

      assert.match(body, /data-draw[^]*name="polygon"[^]*Zone gate/);
      const post = (
        form: Record<string, string>,
        to = "/cameras/yard/areas",
        origin = new URL(web.url).origin,
      ) =>
        fetch(new URL(to, web.url), {
          method: "POST",
          redirect: "manual",
          headers: { origin },
          body: new URLSearchParams(form),
        });
      const mask = { draw: "mask", polygon: "[[0,0],[1,0],[1,1]]" };
      assert.equal((await post(mask)).headers.get("location"), "/cameras/yard");
      const masks = [
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      ];
      assert.deepEqual(drawn, [["yard", { zones: yard.zones, masks }]]);
      assert.equal((await post({ ...mask, polygon: "[[0,0]]" })).status, 422);
      assert.equal((await post(mask, "/cameras/yard/other")).status, 404);
      assert.equal((await post(mask, "/cameras/yard/areas", "http://elsewhere")).status, 403);
      assert.equal(drawn.length, 1);
    } finally {
      await web.stop();
    }
  });
});

describe("what a camera recorded", () => {
  it("is a day of links, played minute by minute, and handed out as a clip with its hash", async () => {
    await using site = await openTestSite();
    using folder = temporaryFolder();
    const path = join(folder.path, "clip");
    const nowMs = site.clock.now().getTime();
    const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
    const segment = (startMs: number, kind: Kind) => ({ camera: "yard", startMs, ms: 4_000, bytes: 9, kind });
    let [made, discarded] = [0, 0];
    const clip = async (_: string, fromMs: number, toMs: number) => {
      if (toMs - fromMs > 600_000) throw new ClipRefused("a clip is of at most 10 minutes");
      if (fromMs === 1) return undefined;
      made++;
      writeFileSync(path, "a clip");
      return { path, bytes: 6, sha256: "ab".repeat(32), fromMs, toMs, discard: async () => void discarded++ };
    };
    const list = (_: string, fromMs: number, toMs: number) =>
      [
        segment(minuteMs - 120_000, "ring"),
        segment(minuteMs - 60_000, "alarm"),
        segment(minuteMs - 56_000, "event"),
      ].filter((one) => one.startMs < toMs && one.startMs + one.ms > fromMs);
    const web = await openWeb({
      host: "127.0.0.1",
      port: 0,
      site: "shop-1",
      timeZone: "UTC",
      clock: site.clock,
      status: () => Promise.reject(new Error("the overview is not asked for")),
      sensing: site.sensing,
      cameras: { ...noCameras, list: () => [yard] },
      recorder: { list, clip, read: async () => Buffer.from("segment") },
      log: createLog({ level: "silent" }),
    });
    const get = (below: string) => fetch(new URL(`/cameras/yard/${below}`, web.url));
    try {
      const body = await (await get(`recordings?at=${minuteMs - 60_000}`)).text();
      assert.match(body, /&lt;the yard&gt;/);
      assert.match(body, new RegExp(`<video[^>]*clip.mp4\\?from=${minuteMs - 60_000}&amp;to=${minuteMs}"`));
      assert.equal(body.match(/class="alarm chosen"/g)?.length, body.match(/class="strip"/g)?.length);
      assert.match(body, /8 s, an alarm/);
      const sent = await get(`clip.mp4?from=${minuteMs}&to=${minuteMs + 1_000}`);
      assert.equal(await sent.text(), "a clip");
      const ask = (range: string, more = {}) =>
        fetch(new URL(`/cameras/yard/clip.mp4?from=${minuteMs}&to=${minuteMs + 1_000}`, web.url), {
          headers: { range, ...more },
        });
      const part = await ask("bytes=2-3");
      assert.deepEqual(
        [part.status, part.headers.get("content-range"), await part.text()],
        [206, "bytes 2-3/6", "cl"],
      );
      assert.equal((await ask("bytes=6-")).status, 416);
      assert.equal(await (await ask("bytes=0-1", { "if-range": '"another"' })).text(), "a clip");
      assert.equal(made, 1);
      const segmentPath = `segments/${minuteMs - 60_000}.ts`;
      const listed = (await (
        await get(`segments.json?from=${minuteMs - 60_000}&to=${minuteMs - 50_000}`)
      ).json()) as { segments: { url: string; sha256: string }[] };
      const sha256 = createHash("sha256").update("segment").digest("hex");
      assert.deepEqual(
        [listed.segments[0]?.url, listed.segments[0]?.sha256],
        [`/cameras/yard/${segmentPath}`, sha256],
      );
      const whole = await get(segmentPath);
      assert.deepEqual([await whole.text(), whole.headers.get("etag")], ["segment", `"${sha256}"`]);
      assert.equal((await get("segments/17.ts")).status, 404);
      assert.equal(sent.headers.get("repr-digest"), `sha-256=:${Buffer.alloc(32, 0xab).toString("base64")}:`);
      assert.match(
        sent.headers.get("content-disposition") ?? "",
        /^inline; filename="yard-[0-9TZ.-]+\.mp4"$/,
      );
      assert.equal((await get("clip.mp4?from=1&to=2")).status, 404);
      assert.equal((await get("clip.mp4?from=../../etc&to=2")).status, 404);
      assert.equal((await get("clip.mp4?from=0&to=99999999")).status, 422);
    } finally {
      await web.stop();
    }
    assert.equal(discarded, 1);
  });
});
