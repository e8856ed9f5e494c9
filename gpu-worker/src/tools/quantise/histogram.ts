/**
 * How often an activation takes which value, in constant memory, over any number of frames.
 *
 * Bins lie over [-reach, reach); a value outside doubles the reach, and pairs of bins become one.
 */
export const binCount = 4096;

export class Histogram {
  readonly bins = new Float64Array(binCount);
  /** A power of two. */
  reach = 2 ** -10;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  /** Throws when a value is not finite. */
  add(values: Float32Array): void {
    const { min, max } = extent(values);
    if (!Number.isFinite(min) || !Number.isFinite(max)) {
      throw new Error(`expected finite activations, got ${min}..${max}; the model overflows on this frame`);
    }
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    while (-min > this.reach || max >= this.reach) this.#widen();
    const { bins } = this;
    const perBin = binCount / (2 * this.reach);
    const middle = binCount / 2;
    for (let index = 0; index < values.length; index++) {
      // Every value lies inside the reach now, so the position is a bin.
      const position = Math.floor((values[index] as number) * perBin + middle);
      bins[position] = (bins[position] as number) + 1;
    }
  }

  /** The value in the middle of a bin. */
  centre(bin: number): number {
    return ((bin + 0.5) / binCount) * 2 * this.reach - this.reach;
  }

  #widen(): void {
    const quarter = binCount / 4;
    const narrow = this.bins.slice();
    this.bins.fill(0);
    narrow.forEach((count, bin) => {
      const position = quarter + (bin >> 1);
      this.bins[position] = (this.bins[position] ?? 0) + count;
    });
    this.reach *= 2;
  }
}

function extent(values: Float32Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    // NaN compares false with everything and would go unseen.
    if (value !== value) return { min: Number.NaN, max: Number.NaN };
  }
  return { min, max };
}
