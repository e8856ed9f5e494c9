import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { unpackedBrowser } from "./unpacked-browser.ts";

test("the browser is whole for each of those that ask for it at once", async (t) => {
  const cache = await mkdtemp(path.join(tmpdir(), "vigil-browser-"));
  t.after(() => rm(cache, { recursive: true, force: true }));

  const sizes = await Promise.all([1, 2].map(async () => (await stat(await unpackedBrowser(cache))).size));

  const { size } = await stat(await unpackedBrowser(cache));
  assert.deepEqual(sizes, [size, size]);
  assert.equal((await readdir(cache)).length, 1, "what was unpacked in vain is gone");
});
