import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countOf, parseFilter, searchOf, withKey } from "./filter.ts";

describe("the filter in the address", () => {
  it("is the same after it went through the address", () => {
    const filter = {
      q: "person & dog?",
      levelFrom: "elevated",
      zone: "côté jardin",
      unread: "true",
    } as const;
    assert.deepEqual(parseFilter(searchOf(filter)), filter);
    assert.equal(searchOf({}), "");
  });

  it("leaves out what means nothing", () => {
    const search = "?levelFrom=terrible&site=1&device=dev_1&unread=no&seen=&zone=%20&other=1";
    assert.deepEqual(parseFilter(search), {});
    assert.deepEqual(parseFilter(`?q=${"x".repeat(201)}`), {});
  });

  it("sets one thing and takes it back", () => {
    const filter = withKey({ levelFrom: "low" }, "zone", "garden");
    assert.deepEqual(filter, { levelFrom: "low", zone: "garden" });
    assert.equal(countOf({ ...filter, q: "dog" }), 2);
    assert.deepEqual(withKey(filter, "levelFrom", undefined), { zone: "garden" });
  });
});
