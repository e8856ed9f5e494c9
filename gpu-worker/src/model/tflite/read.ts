/**
 * TensorFlow Lite files as objects: the tensors, and the operators in the order in which they run.
 *
 * The numbers of fields and of operators are those of the format's schema (tensorflow/lite/schema/schema.fbs); how tables and
 * vectors lie in the file is "FlatBuffer Internals" of google/flatbuffers.
 *
 * Caution: the values are views on the bytes that were given.
 */

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
  if (Buffer.from(bytes.subarray(4, 8)).toString("latin1") !== "TFL3") {
    throw new Error(`expected a TensorFlow Lite model, got ${bytes.length} bytes that are not one`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const model = new Table(view, view.getInt32(0, true));
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

/** A table of the file: fields by their numbers, which may be left out. Throws a `RangeError` beyond the end of the file. */
class Table {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** Where a field lies; undefined where the file leaves it out: then its entry in the table's own list is 0, or beyond it. */
  #field(number: number): number | undefined {
    const list = this.#at - this.#view.getInt32(this.#at, true);
    const entry = 4 + 2 * number;
    const offset = entry < this.#view.getUint16(list, true) ? this.#view.getUint16(list + entry, true) : 0;
    return offset === 0 ? undefined : this.#at + offset;
  }

  /** What lies elsewhere is named by how far that is. */
  #follow(at: number): number {
    return at + this.#view.getInt32(at, true);
  }

  #list<One>(number: number, width: number, read: (at: number) => One): One[] {
    const field = this.#field(number);
    if (field === undefined) return [];
    const list = this.#follow(field);
    const length = this.#view.getUint32(list, true);
    if (length * width > this.#view.byteLength) {
      throw new RangeError(
        `expected a list of ${this.#view.byteLength} bytes at most, got ${length} entries`,
      );
    }
    return Array.from({ length }, (_, index) => read(list + 4 + width * index));
  }

  byte(number: number, fallback: number): number {
    const field = this.#field(number);
    return field === undefined ? fallback : this.#view.getInt8(field);
  }

  int(number: number, fallback: number): number {
    const field = this.#field(number);
    return field === undefined ? fallback : this.#view.getInt32(field, true);
  }

  text(number: number): string {
    return Buffer.from(this.bytes(number)).toString("utf8");
  }

  table(number: number): Table | undefined {
    const field = this.#field(number);
    return field === undefined ? undefined : new Table(this.#view, this.#follow(field));
  }

  tables(number: number): Table[] {
    return this.#list(number, 4, (at) => new Table(this.#view, this.#follow(at)));
  }

  ints(number: number): number[] {
    return this.#list(number, 4, (at) => this.#view.getInt32(at, true));
  }

  longs(number: number): number[] {
    return this.#list(number, 8, (at) => Number(this.#view.getBigInt64(at, true)));
  }

  floats(number: number): number[] {
    return this.#list(number, 4, (at) => this.#view.getFloat32(at, true));
  }

  bytes(number: number): Uint8Array {
    const field = this.#field(number);
    if (field === undefined) return new Uint8Array(0);
    const list = this.#follow(field);
    const length = this.#view.getUint32(list, true);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + list + 4, length);
  }
}
