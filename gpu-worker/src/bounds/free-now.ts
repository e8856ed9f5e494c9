/**
 * Frees the memory behind `bytes` at once, instead of whenever the garbage is collected; they are empty afterwards.
 *
 * The engine counts such memory and collects the whole heap when enough of it has come: with a megabyte an image and
 * dozens of images a second that is every second. A view of a part of a buffer is left alone.
 */
export function freeNow({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
