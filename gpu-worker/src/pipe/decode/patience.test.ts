import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evidence, worker } from "@vigil/core/limits";
import { createPatience } from "./patience.ts";

const large = evidence.pixelsMax;
const usualMs = worker.decodeMsMin + (large / 1e6) * worker.decodeMsPerMegapixelMax;

describe("patience with an account's pictures", () => {
  it("waits for one odd picture, and less for each that follows", () => {
    let now = 0;
    const patience = createPatience(() => now);
    assert.equal(patience.msFor("a", large), usualMs + worker.decodeSpareMsMax);
    let total = 0;
    for (let index = 0; index < 20; index += 1) {
      const ms = patience.msFor("a", large);
      patience.spend("a", large, ms);
      total += ms;
    }
    assert.ok(Math.abs(total - (20 * usualMs + worker.decodeSpareMsPerAccountMax)) < 1, `${total} ms`);
    assert.equal(patience.msFor("a", large), usualMs);
    assert.equal(
      patience.msFor("b", large),
      usualMs + worker.decodeSpareMsMax,
      "another account has its own",
    );
    now += 10_000;
    assert.equal(patience.msFor("a", large), usualMs + 10 * worker.decodeSpareMsPerSecond, "it comes back");
  });

  it("is never used up by pictures that take what their size costs", () => {
    const patience = createPatience(() => 0);
    for (let index = 0; index < 10_000; index += 1) patience.spend("a", large, usualMs);
    assert.equal(patience.msFor("a", large), usualMs + worker.decodeSpareMsMax);
  });

  it("bounds a whole review of hostile pictures, so that the next in the queue is digested within 60 s", () => {
    const review = 20 * usualMs + worker.decodeSpareMsPerAccountMax;
    assert.ok(review < 45_000, `${review} ms`);
  });
});
