/** Stored values as the numbers that they stand for. */
import { type TfliteTensor, tensorType } from "./read.ts";

/** Row-major, in the order of the tensor's shape. Throws for a type that weights do not have. */
export function floatsOf(tensor: TfliteTensor): Float32Array {
  const { type, data, name, shape, scales, zeroPoints, axis } = tensor;
  // A copy: the file does not align what it holds.
  const bytes = Uint8Array.from(data).buffer;
  if (type === tensorType.float32) return new Float32Array(bytes);
  if (type !== tensorType.int8 && type !== tensorType.int32) {
    throw new Error(`expected ${name} to hold float32, int8 or int32, got type ${type}`);
  }
  const stored = type === tensorType.int8 ? new Int8Array(bytes) : new Int32Array(bytes);
  if (scales.length === 0) throw new Error(`expected ${name} to be quantised, got no scale`);
  const behind = scales.length === 1 ? stored.length : shape.slice(axis + 1).reduce(product, 1);
  const values = new Float32Array(stored.length);
  for (let index = 0; index < values.length; index += 1) {
    const channel = Math.floor(index / behind) % scales.length;
    values[index] = (scales[channel] ?? 0) * ((stored[index] ?? 0) - (zeroPoints[channel] ?? 0));
  }
  return values;
}

function product(one: number, other: number): number {
  return one * other;
}

/** Values of `shape` in another order of its axes: `order[i]` is the axis that becomes axis i. */
export function transposed(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const sizes = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => shape.slice(axis + 1).reduce(product, 1));
  const position = sizes.map(() => 0);
  const turned = new Float32Array(values.length);
  for (let index = 0, from = 0; index < turned.length; index += 1) {
    turned[index] = values[from] ?? 0;
    // On to the next place in the new order, like an odometer.
    for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
      const [size = 1, step = 0, at = 0] = [sizes[axis], steps[axis], position[axis]];
      from += step;
      position[axis] = at + 1;
      if (at + 1 < size) break;
      from -= size * step;
      position[axis] = 0;
    }
  }
  return turned;
}
