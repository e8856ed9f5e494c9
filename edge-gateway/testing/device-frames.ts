/** A made-up thermal sensor: a calibration like those that the maker writes, and frames that decode to what is wanted. */
import { readCalibration } from "../src/thermal/calibration.ts";
import { pixels } from "../src/thermal/grid.ts";
import { decodeMlx90640, readConditions } from "../src/thermal/mlx90640.ts";

const frameWords = 834;

/** 832 words of an MLX90640 that measures in chess pattern with 18 bits, as devices of this protocol do. */
export function makeEeprom(): Uint16Array {
  const words = new Uint16Array(832);
  const set = (index: number, value: number) => {
    words[index] = value & 0xffff;
  };
  set(0x0c, 0x1901);
  set(0x10, 0x4000);
  set(0x11, -50);
  for (let index = 0x12; index < 0x20; index++) set(index, (index * 0x1231) & 0x7777);
  set(0x20, 0x8000);
  set(0x21, 15_100);
  set(0x30, 5_800);
  set(0x31, 12_500);
  set(0x32, (11 << 10) | 339);
  set(0x33, (0xa1 << 8) | 122);
  set(0x34, 0x3333);
  set(0x36, 0x302c);
  set(0x37, 0x2e30);
  set(0x38, 0x2350);
  set(0x3a, -66 & 0x3ff);
  set(0x3b, 0x0320);
  set(0x3c, (-20 & 0xff) << 8);
  set(0x3d, (-13 & 0xff) << 8);
  set(0x3e, ((-98 & 0xff) << 8) | (-59 & 0xff));
  set(0x3f, 0x1aa8);
  for (let pixel = 0; pixel < pixels; pixel++) {
    set(0x40 + pixel, (((pixel * 7) % 13) << 10) | (((1 + pixel * 5) % 9) << 4) | ((pixel % 4) << 1) | 0x10);
  }
  return words;
}

/** The RAM that such a sensor shows when it sees these 768 temperatures: 834 words, the high byte first. */
export function renderFrame(eeprom: Uint16Array, celsius: Float32Array): Buffer {
  const calibration = readCalibration(eeprom);
  const frame = Buffer.alloc(2 * frameWords);
  const set = (index: number, value: number) => frame.writeInt16BE(value, 2 * index);
  set(768, 19_442);
  set(776, -60);
  set(778, 5_700);
  set(800, 1_711);
  set(808, -58);
  set(810, -12_420);
  set(832, 1);
  set(833, 1);
  const conditions = readConditions(frame, calibration);
  const [low, high] = [new Int32Array(pixels).fill(-32_768), new Int32Array(pixels).fill(32_767)];
  const seen = new Float32Array(pixels);
  // A cell's temperature rises with its word, so that 16 halvings of all cells at once find every word.
  for (let halving = 0; halving < 16; halving++) {
    const middle = low.map((value, pixel) => (value + (high[pixel] ?? 0) + 1) >> 1);
    middle.forEach((value, pixel) => set(pixel, value));
    decodeMlx90640(frame, calibration, conditions, seen);
    for (let pixel = 0; pixel < pixels; pixel++) {
      // No temperature at all is colder than any.
      if (!((seen[pixel] ?? 0) > (celsius[pixel] ?? 0))) low[pixel] = middle[pixel] ?? 0;
      else high[pixel] = (middle[pixel] ?? 0) - 1;
    }
  }
  low.forEach((value, pixel) => set(pixel, value));
  return frame;
}

/** A copy of a device's own frame, in which one pixel's word is what the pixel would send at `celsius`. */
export function heatPixel(
  frame: Buffer,
  { eeprom, pixel, celsius }: { eeprom: Uint16Array; pixel: number; celsius: number },
): Buffer {
  const calibration = readCalibration(eeprom);
  const heated = Buffer.from(frame);
  const seen = new Float32Array(pixels);
  let [low, high] = [-32_768, 32_767];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    heated.writeInt16BE(middle, 2 * pixel);
    decodeMlx90640(heated, calibration, readConditions(heated, calibration), seen);
    if (!((seen[pixel] ?? 0) > celsius)) low = middle;
    else high = middle - 1;
  }
  heated.writeInt16BE(low, 2 * pixel);
  return heated;
}

/** A frame of hundredths of a degree around 27 °C, as simulators send it. */
export function renderCenti(celsius: Float32Array): Buffer {
  const frame = Buffer.alloc(2 * pixels);
  celsius.forEach((value, pixel) => frame.writeInt16BE(Math.round((value - 27) * 100), 2 * pixel));
  return frame;
}

export function framePacket(frame: Buffer, head = ""): Buffer {
  return Buffer.from(`#frame${head}:${frame.toString("hex").toUpperCase()}!\r\n`);
}

export function eepromPacket(words: Uint16Array, head = ""): Buffer {
  const bytes = Buffer.alloc(words.length * 2);
  words.forEach((word, index) => bytes.writeUInt16BE(word, 2 * index));
  return Buffer.from(`#EEPROM${head}:${bytes.toString("hex").toUpperCase()}!\r\n`);
}

/** A view of a room: a slight slope and noise that repeats itself with its seed. */
export function roomView(celsius: number, seed = 1): Float32Array {
  let state = seed * 2_654_435_761;
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + pixel) >>> 0;
    return celsius + (pixel % 32) / 40 + ((state % 1_000) / 1_000 - 0.5) * 0.5;
  });
}
