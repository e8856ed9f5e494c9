import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explain } from "../words/refusal.ts";
import { mayPass, Refusal, refusalOf, Unreachable } from "./failure.ts";

const body = {
  type: "https://vigil.dev/problems/quota-exceeded",
  title: "The allowance is used up",
  status: 429,
  detail: "5 of 5 used",
  code: "quota-exceeded",
  requestId: "req_1",
  errors: [],
};

describe("failures", () => {
  it("tells a problem of the API from a page of whatever stands in between", () => {
    assert.ok(refusalOf(429, body) instanceof Refusal);
    assert.ok(refusalOf(502, "<h1>Bad gateway</h1>") instanceof Unreachable);
    assert.ok(refusalOf(502, undefined) instanceof Unreachable);
  });

  it("knows which may pass", () => {
    assert.equal(mayPass(refusalOf(429, body)), true);
    assert.equal(mayPass(refusalOf(404, body)), false);
    assert.equal(mayPass(new Unreachable("no answer")), true);
  });

  it("explains a known problem in words", () => {
    assert.match(explain(refusalOf(429, body)).what, /used up/);
  });

  it("lets an unknown problem speak for itself, and quotes its request", () => {
    const words = explain(refusalOf(409, { ...body, code: "new-code", title: "Not now", detail: "later" }));
    assert.deepEqual(words, { what: "Not now.", next: "later", requestId: "req_1" });
  });
});
