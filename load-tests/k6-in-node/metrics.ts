/** Stands for the module `k6/metrics`: `Trend`. */
import { trend } from "./measurements.ts";

export class Trend {
  readonly #values: number[];

  constructor(name: string, time = false) {
    this.#values = trend(name, time).values;
  }

  add(value: number): void {
    this.#values.push(value);
  }
}
