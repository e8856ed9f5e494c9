import type { Outputs } from "./index.ts";

const most = 127;

/**
 * One image's embedding in whole numbers: its largest is 127, and what is below 0 counts as 0. So products of two are exact, and
 * the last bit of a float decides nothing.
 * @returns undefined when the model gives none
 */
export function readEmbedding({ embedding }: Outputs, index: number): Uint8Array | undefined {
  const numbers = embedding?.dims[1] ?? 0;
  if (!(embedding?.data instanceof Float32Array) || numbers === 0) return undefined;
  const own = embedding.data.subarray(index * numbers, (index + 1) * numbers);
  const largest = own.reduce((so, value) => Math.max(so, value), 0);
  if (!(largest > 0) || !Number.isFinite(largest)) return undefined;
  return Uint8Array.from(own, (value) => Math.round((Math.max(0, value) / largest) * most));
}
