/** A picture, or a rectangle of a larger one: red, green and blue, a byte each, row by row. */
export type Rgb = {
  bytes: Uint8Array;
  /** Where the first row begins, and how many bytes lie between the beginnings of two rows. */
  start: number;
  rowBytes: number;
  /** In pixels. */
  width: number;
  height: number;
};

/** [height, width, 3] from the first byte on. */
export function rgb(bytes: Uint8Array, width: number, height: number): Rgb {
  return { bytes, start: 0, rowBytes: width * 3, width, height };
}

/** Of two pictures of the same size. */
export function copyPixels(from: Rgb, to: Rgb): void {
  const usedBytes = from.width * 3;
  if (from.rowBytes === usedBytes && to.rowBytes === usedBytes) {
    to.bytes.set(from.bytes.subarray(from.start, from.start + from.height * usedBytes), to.start);
    return;
  }
  for (let row = 0; row < from.height; row += 1) {
    const start = from.start + row * from.rowBytes;
    to.bytes.set(from.bytes.subarray(start, start + usedBytes), to.start + row * to.rowBytes);
  }
}
