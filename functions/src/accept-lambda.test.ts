/** What the function that devices report to is made of, bundled as it is deployed. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { bundleFunction } from "../bench/cold-start/bundle.ts";

/** How people sign in, join, buy, share, export and erase, and how they are told of it. */
const peoples =
  /better-auth|nodemailer|stripe|functions\/src\/(?:sign-in|operator-api|worker-api)\/|flow\/(?:people|account|share|deliver\/channel)|\/erasure\/|\/export\/|invitation\/index|problem-titles/;
/** To load more costs every device that wakes it time: whoever needs it raises this knowingly. */
const bytesMax = 800_000;

describe("the function that devices report to", () => {
  it("loads nothing of what is for people alone, and no more than it did", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vigil-bundle-"));
    try {
      const { bytes, sources } = await bundleFunction("functions/src/accept-lambda.ts", folder);
      assert.ok(sources.includes("packages/core/src/flow/intake/accept-event.ts"));
      const foreign = sources.filter((source) => peoples.test(source));
      assert.deepEqual(foreign, []);
      assert.ok(bytes.atOnce <= bytesMax, `${bytes.atOnce} bytes are loaded at once`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
