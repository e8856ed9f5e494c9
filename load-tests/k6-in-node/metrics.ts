/** Stands for the module `k6/metrics`: `Counter`, `Rate` and `Trend`. */
import { counter, rate, trend } from "./measurements.ts";

export class Counter {
  readonly #metric: ReturnType<typeof counter>;

  constructor(name: string) {
    this.#metric = counter(name);
  }

  add(count: number): void {
    this.#metric.count += count;
  }
}

export class Rate {
  readonly #metric: ReturnType<typeof rate>;

  constructor(name: string) {
    this.#metric = rate(name);
  }

  add(passed: boolean): void {
    this.#metric.total += 1;
    this.#metric.passes += Number(passed);
  }
}

export class Trend {
  readonly #values: number[];

  constructor(name: string, time = false) {
    this.#values = trend(name, time).values;
  }

  add(value: number): void {
    this.#values.push(value);
  }
}
