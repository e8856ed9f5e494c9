/**
 * TensorFlow Lite files as objects: the tensors, and the operators in the order in which they run.
 *
 * The numbers of fields and of operators are those of the format's schema (tensorflow/lite/schema/schema.fbs).
 *
 * Caution: the values are views on the bytes that were given.
 */
import { ByteBuffer } from "flatbuffers";

/** `TensorType` of the schema. */
export const tensorType = Object.freeze({ float32: 0, int32: 2, int8: 9 });

export type TfliteTensor = {
  name: string;
  /** Of pictures and maps: batch, height, width, channels. */
  shape: readonly number[];
  type: number;
  /** Empty where the value is computed. */
  data: Uint8Array;
  /** value = scale x (stored - zero point), one scale for all or one for each index of `axis`. */
  scales: readonly number[];
  zeroPoints: readonly number[];
  axis: number;
};

export type TfliteOperator = {
  /** `BuiltinOperator` of the schema. */
  code: number;
  /** Of an operator that is no part of the schema; empty otherwise. */
  custom: string;
  /** Indices of tensors; -1: left out. */
  inputs: readonly number[];
  outputs: readonly number[];
  /** A field of its options by its number, or `fallback` where the file leaves it out. Of one byte, or of four. */
  byte: (field: number, fallback?: number) => number;
  int: (field: number, fallback: number) => number;
};

export type TfliteFile = {
  tensors: readonly TfliteTensor[];
  operators: readonly TfliteOperator[];
  inputs: readonly number[];
  outputs: readonly number[];
};

/** Throws when the bytes are no TensorFlow Lite model of one graph. */
export function readTflite(bytes: Uint8Array): TfliteFile {
  const buffer = new ByteBuffer(bytes);
  if (bytes.length < 8 || !buffer.__has_identifier("TFL3")) {
    throw new Error(`expected a TensorFlow Lite model, got ${bytes.length} bytes that are not one`);
  }
  const model = new Table(buffer, buffer.readInt32(0));
  const graphs = model.tables(2);
  const [graph] = graphs;
  if (!graph || graphs.length > 1) throw new Error(`expected one graph, got ${graphs.length}`);
  const values = model.tables(4).map((each) => each.bytes(0));
  const codes = model.tables(1).map((each) => ({
    // Files of before 2020 have a byte alone.
    code: Math.max(each.byte(0, 0), each.int(3, 0)),
    custom: each.text(1),
  }));
  return {
    tensors: graph.tables(0).map((each) => tensorOf(each, values)),
    operators: graph.tables(3).map((each) => operatorOf(each, codes)),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
  };
}

function tensorOf(table: Table, values: readonly Uint8Array[]): TfliteTensor {
  const quantisation = table.table(4);
  return {
    name: table.text(3),
    shape: table.ints(0),
    type: table.byte(1, tensorType.float32),
    data: values[table.int(2, 0)] ?? new Uint8Array(0),
    scales: quantisation?.floats(2) ?? [],
    zeroPoints: quantisation?.longs(3) ?? [],
    axis: quantisation?.int(6, 0) ?? 0,
  };
}

function operatorOf(table: Table, codes: readonly { code: number; custom: string }[]): TfliteOperator {
  const options = table.table(4);
  return {
    ...(codes[table.int(0, 0)] ?? { code: -1, custom: "" }),
    inputs: table.ints(1),
    outputs: table.ints(2),
    byte: (field, fallback = 0) => options?.byte(field, fallback) ?? fallback,
    int: (field, fallback) => options?.int(field, fallback) ?? fallback,
  };
}

/** A table of the file: fields by their numbers, which may be left out. */
class Table {
  readonly #buffer: ByteBuffer;
  readonly #at: number;

  constructor(buffer: ByteBuffer, at: number) {
    this.#buffer = buffer;
    this.#at = at;
  }

  /** Where a field lies; undefined where the file leaves it out. */
  #field(number: number): number | undefined {
    const offset = this.#buffer.__offset(this.#at, 4 + 2 * number);
    return offset === 0 ? undefined : this.#at + offset;
  }

  #list<One>(number: number, width: number, read: (at: number) => One): One[] {
    const field = this.#field(number);
    if (field === undefined) return [];
    const start = this.#buffer.__vector(field);
    return Array.from({ length: this.#buffer.__vector_len(field) }, (_, index) =>
      read(start + width * index),
    );
  }

  byte(number: number, fallback: number): number {
    const field = this.#field(number);
    return field === undefined ? fallback : this.#buffer.readInt8(field);
  }

  int(number: number, fallback: number): number {
    const field = this.#field(number);
    return field === undefined ? fallback : this.#buffer.readInt32(field);
  }

  text(number: number): string {
    const field = this.#field(number);
    return field === undefined ? "" : String(this.#buffer.__string(field));
  }

  table(number: number): Table | undefined {
    const field = this.#field(number);
    return field === undefined ? undefined : new Table(this.#buffer, this.#buffer.__indirect(field));
  }

  tables(number: number): Table[] {
    return this.#list(number, 4, (at) => new Table(this.#buffer, this.#buffer.__indirect(at)));
  }

  ints(number: number): number[] {
    return this.#list(number, 4, (at) => this.#buffer.readInt32(at));
  }

  longs(number: number): number[] {
    return this.#list(number, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  floats(number: number): number[] {
    return this.#list(number, 4, (at) => this.#buffer.readFloat32(at));
  }

  bytes(number: number): Uint8Array {
    const field = this.#field(number);
    if (field === undefined) return new Uint8Array(0);
    const start = this.#buffer.__vector(field);
    return this.#buffer.bytes().subarray(start, start + this.#buffer.__vector_len(field));
  }
}
