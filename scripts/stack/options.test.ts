import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { help, parseOptions } from "./options.ts";

describe("the options of npm start", () => {
  it("plays the feed and the simulated site with a worker on free ports unless told otherwise", () => {
    assert.deepEqual(parseOptions([]), {
      once: false,
      feed: true,
      worker: true,
      site: true,
      edge: false,
      fresh: false,
      watch: false,
      apiPort: 0,
      consolePort: 0,
      help: false,
    });
  });

  it("understands every option that its help names", () => {
    const named = [...help.matchAll(/^ {2}(--[a-z-]+)( N)?/gm)].map(([, name = "", number]) => [
      name,
      number,
    ]);
    assert.equal(named.length, 10);
    for (const [name = "", number] of named) {
      assert.doesNotThrow(() => parseOptions(number ? [name, "8080"] : [name]), name);
    }
    const chosen = parseOptions([
      "--no-feed",
      "--no-worker",
      "--no-site",
      "--fresh",
      "--watch",
      "--api-port",
      "8080",
      "--console-port=9",
    ]);
    assert.deepEqual(
      [chosen.feed, chosen.worker, chosen.site, chosen.fresh, chosen.apiPort, chosen.consolePort],
      [false, false, false, true, 8080, 9],
    );
  });

  it("refuses what it does not know and what cannot end", () => {
    const refused: [string[], RegExp][] = [
      [["--api-port", "80a"], /--api-port must be a port, 1\.\.65535, got 80a/],
      [["--api-port", "65536"], /got 65536/],
      [["--console-port", "0"], /got 0/],
      [["--twice"], /--twice/],
      [["now"], /now/],
      [["--once", "--no-feed"], /--once waits for a digest/],
      [["--once", "--no-worker"], /--once waits for a digest/],
    ];
    for (const [args, says] of refused) assert.throws(() => parseOptions(args), says);
  });
});
