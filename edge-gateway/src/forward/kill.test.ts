import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ServedApi, serveApi } from "../../../functions/testing/served-api.ts";
import { countSteps, killTwice } from "../../testing/kill-forward.ts";

/** `npm run gateway:kill` walks every step, over a thousand seeds. */
const seeds = 3;
const items = 6;

describe("forwarding that is killed with SIGKILL, and goes on", () => {
  let api: ServedApi;
  before(async () => {
    api = await serveApi();
  });
  after(() => api.close());

  it("loses nothing, doubles nothing, and delivers all evidence", async () => {
    const key = api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "";
    const setup = { api, key, items };
    const steps = await countSteps(setup, 900_000);
    assert.ok(steps > 20, `${steps} steps`);
    for (let seed = 0; seed < seeds; seed += 1) {
      const first = 1 + Math.floor(((seed + 0.5) / seeds) * steps);
      await killTwice(setup, seed, { first, second: 1 + seed * 3, afterMs: seed % 2 });
    }
  });
});
