/** Frames of simulators: hundredths of a degree, signed, around the temperature that word 0 stands for. */
import { pixels } from "./grid.ts";

const celsiusOfZero = 27;

/** Writes 768 temperatures; `frame` holds at least 768 words, the high byte first. */
export function decodeCenti(frame: Buffer, celsius: Float32Array, offsetCelsius = 0): void {
  for (let pixel = 0; pixel < pixels; pixel++) {
    const byte = pixel << 1;
    const word = (((frame[byte] ?? 0) << 24) >> 16) | (frame[byte + 1] ?? 0);
    celsius[pixel] = word / 100 + celsiusOfZero + offsetCelsius;
  }
}
