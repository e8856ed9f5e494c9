import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { quantiseBias, quantiseWeights, toAffine } from "./affine.ts";
import { binCount, Histogram } from "./histogram.ts";
import { silu, siluFloor } from "./silu-floor.ts";

const finite = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });

describe("affine", () => {
  it("represents zero exactly and every value of its range within half a step", () => {
    fc.assert(
      fc.property(finite, finite, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, share) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const { scale, zeroPoint } = toAffine({ min, max });
        assert.ok(Number.isInteger(zeroPoint) && zeroPoint >= 0 && zeroPoint <= 255);
        const value = min + share * (max - min);
        const stored = Math.max(0, Math.min(255, Math.round(value / scale) + zeroPoint));
        // The zero point itself is rounded, so an end of the range may lie up to another half step outside.
        assert.ok(Math.abs((stored - zeroPoint) * scale - value) <= scale * 1.001 + 1e-12);
      }),
    );
  });

  it("keeps weights within half a step of their channel, and within their bits", () => {
    const rows = fc.array(fc.array(finite, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.constantFrom(63 as const, 127 as const), (channels, most) => {
        const weights = Float32Array.from(channels.flat());
        const { values, scales } = quantiseWeights(weights, channels.length, most);
        weights.forEach((weight, index) => {
          const scale = scales[Math.floor(index / 6)] ?? 0;
          const stored = values[index] ?? 0;
          assert.ok(Math.abs(stored) <= most);
          assert.ok(Math.abs(stored * scale - weight) <= scale * 0.501);
        });
      }),
    );
  });

  it("gives biases the scale of the products they are added to", () => {
    const { values, scales } = quantiseBias(
      Float32Array.of(1, -2, 1e9),
      0.5,
      Float32Array.of(0.01, 0.02, 1e-6),
    );
    assert.deepEqual(
      [...scales].map((scale) => Number(scale.toPrecision(3))),
      [0.005, 0.01, 5e-7],
    );
    assert.deepEqual([...values], [200, -200, 2 ** 31 - 1]);
  });
});

describe("histogram", () => {
  it("counts every value once, however far the reach had to grow", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(finite, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 5 }),
        (frames) => {
          const histogram = new Histogram();
          for (const frame of frames) histogram.add(Float32Array.from(frame));
          const values = Float32Array.from(frames.flat());
          assert.equal(
            histogram.bins.reduce((sum, count) => sum + count, 0),
            values.length,
          );
          assert.equal(histogram.min, Math.min(...values));
          assert.equal(histogram.max, Math.max(...values));
          const width = (2 * histogram.reach) / binCount;
          const lowest = histogram.bins.findIndex((count) => count > 0);
          assert.ok(Math.abs(histogram.centre(lowest) - histogram.min) <= width);
        },
      ),
    );
  });

  it("refuses values that are not finite", () => {
    assert.throws(() => new Histogram().add(Float32Array.of(1, Number.NaN)), /finite/);
    assert.throws(() => new Histogram().add(Float32Array.of(1, Number.POSITIVE_INFINITY)), /finite/);
  });
});

describe("SiLU floor", () => {
  it("cuts a long negative tail, where the activation is nearly flat", () => {
    const histogram = new Histogram();
    histogram.add(Float32Array.from({ length: 10_000 }, (_, index) => -40 + (index % 460) / 10));
    const floor = siluFloor(histogram);
    assert.ok(floor < -2 && floor > -12, `got ${floor}`);
    assert.ok(Math.abs(silu(floor)) < 0.25);
  });

  it("costs a short negative range next to nothing", () => {
    const histogram = new Histogram();
    histogram.add(Float32Array.from({ length: 1000 }, (_, index) => -1 + index / 250));
    assert.ok(Math.abs(silu(siluFloor(histogram)) - silu(-1)) < 0.02);
  });
});
