import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { priceWords } from "./plan-words.ts";

describe("a price in words", () => {
  it("is of its own currency, and has pennies where there are some", () => {
    assert.match(
      priceWords({ tier: "guardian", amount: 1_000, currency: "GBP", per: "month" }),
      /£10 a month$/,
    );
    assert.match(
      priceWords({ tier: "pro", amount: 1_999, currency: "GBP", per: "month" }),
      /£19\.99 a month$/,
    );
    assert.match(priceWords({ tier: "pro", amount: 2_400, currency: "JPY", per: "year" }), /2,400 a year$/);
  });
});
