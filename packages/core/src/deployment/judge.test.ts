import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { play, truths } from "../../testing/simulate-deployments.ts";
import { deployment as limits } from "../limits.ts";
import { judge } from "./judge.ts";

const traffic = (requests: number, failed = 0, slow = 0) => ({ requests, failed, slow });

describe("a version that has a share of the requests", () => {
  it("is rolled back early when it breaks promises more often, with the reason, and not for one request", () => {
    assert.equal(judge({ canary: traffic(10, 1), stable: traffic(90) }, 0.1).verdict, "go-on");
    const { verdict, reasons } = judge({ canary: traffic(40, 3), stable: traffic(360) }, 0.1);
    assert.deepEqual([verdict, reasons], ["roll-back", ["failed: 3 of 40 requests, and 0 of 360 before"]]);
    const slow = judge({ canary: traffic(40, 0, 4), stable: traffic(360, 0, 1) }, 0.1);
    assert.match(slow.reasons.join(), /^slower than promised: 4 of 40/);
    assert.equal(judge({ canary: traffic(40, 3), stable: traffic(360, 27) }, 0.1).verdict, "go-on");
    assert.equal(
      judge({ canary: traffic(40, 3), stable: traffic(40) }, 0.5).verdict,
      "go-on",
      "of half, three may be chance",
    );
  });

  it("has all of them after enough of its own, waits while more speaks against it, and ends all the same", () => {
    const { requestsMin, requestsMax } = limits;
    assert.equal(judge({ canary: traffic(requestsMin - 1), stable: traffic(9_000) }, 0.1).verdict, "go-on");
    assert.equal(judge({ canary: traffic(requestsMin), stable: traffic(9_000) }, 0.1).verdict, "promote");
    assert.equal(judge({ canary: traffic(requestsMin, 1), stable: traffic(9_000) }, 0.1).verdict, "promote");
    const leaning = { canary: traffic(requestsMin, 4), stable: traffic(9_000, 10) };
    assert.equal(judge(leaning, 0.1).verdict, "go-on");
    assert.equal(judge({ ...leaning, canary: traffic(requestsMax, 4) }, 0.1).verdict, "roll-back");
  });

  it("is rolled back by chance as seldom as it may be, and always when it fails 2 % of requests", () => {
    const rolledBack = (name: keyof typeof truths) => play(truths[name], 200, 1).rolledBack;
    assert.ok(rolledBack("both fail 1 %, and 2 % are slow") <= 0.05);
    assert.equal(rolledBack("neither fails"), 0);
    assert.ok(rolledBack("fails 2 %, the one before 0.1 %") > 0.98);
  });
});
