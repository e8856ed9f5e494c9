/**
 * Constant tensors of a graph, read and made. Values are row-major, as in the ONNX format.
 */
import { dataType, type Int64, type Tensor } from "./protobuf.ts";

/** An int64 of the file as a number. Sentinels beyond 2^53 (such as "to the end" in Slice) lose precision, not order. */
export function toNumber(value: Int64): number {
  return typeof value === "number" ? value : value.toNumber();
}

export function dims(tensor: Tensor): number[] {
  return tensor.dims.map(toNumber);
}

/** The values of a float32 tensor, copied. */
export function readFloats(tensor: Tensor): Float32Array {
  if (tensor.dataType !== dataType.float32) {
    throw new Error(`expected ${tensor.name} to hold float32 (1), got data type ${tensor.dataType}`);
  }
  if (tensor.rawData.length === 0) return Float32Array.from(tensor.floatData);
  return new Float32Array(Uint8Array.from(tensor.rawData).buffer);
}

/** The values of an int64 or int32 tensor, as numbers. */
export function readInts(tensor: Tensor): number[] {
  if (tensor.dataType === dataType.int64) {
    if (tensor.rawData.length === 0) return tensor.int64Data.map(toNumber);
    return [...new BigInt64Array(Uint8Array.from(tensor.rawData).buffer)].map(Number);
  }
  if (tensor.dataType === dataType.int32) {
    if (tensor.rawData.length === 0) return [...tensor.int32Data];
    return [...new Int32Array(Uint8Array.from(tensor.rawData).buffer)];
  }
  throw new Error(`expected ${tensor.name} to hold int64 (7) or int32 (6), got data type ${tensor.dataType}`);
}

export function floatTensor(name: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return rawTensor(name, dataType.float32, shape, Float32Array.from(values));
}

/** Values must lie within +-2^53. */
export function int64Tensor(name: string, shape: readonly number[], values: readonly number[]): Tensor {
  return rawTensor(name, dataType.int64, shape, BigInt64Array.from(values.map(BigInt)));
}

export function int32Tensor(name: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return rawTensor(name, dataType.int32, shape, Int32Array.from(values));
}

export function int8Tensor(name: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return rawTensor(name, dataType.int8, shape, Int8Array.from(values));
}

export function uint8Tensor(name: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return rawTensor(name, dataType.uint8, shape, Uint8Array.from(values));
}

function rawTensor(
  name: string,
  type: number,
  shape: readonly number[],
  values: Float32Array | BigInt64Array | Int32Array | Int8Array | Uint8Array,
): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length) {
    throw new Error(`expected ${count} values for ${name} [${shape.join(",")}], got ${values.length}`);
  }
  return {
    name,
    dataType: type,
    dims: [...shape],
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    floatData: [],
    int32Data: [],
    int64Data: [],
    dataLocation: 0,
  };
}
