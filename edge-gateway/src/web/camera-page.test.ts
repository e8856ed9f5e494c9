import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openTestSite } from "../../testing/sensing-site.ts";
import type { CameraState } from "../cameras/index.ts";
import { createLog } from "../log.ts";
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
};

describe("a camera's page", () => {
  it("shows its picture, its zones, how it is, and what is ignored; and there is none of an unknown one", async () => {
    await using site = await openTestSite();
    let picture: Uint8Array | undefined;
    const web = await openWeb({
      host: "127.0.0.1",
      port: 0,
      site: "shop-1",
      timeZone: "UTC",
      clock: site.clock,
      status: () => Promise.reject(new Error("the overview is not asked for")),
      sensing: site.sensing,
      cameras: { list: () => [yard], picture: (name) => (name === "yard" ? picture : undefined) },
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
    } finally {
      await web.stop();
    }
  });
});
