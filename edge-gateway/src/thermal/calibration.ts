/**
 * What an MLX90640 knows of itself: its EEPROM, restored to physical parameters.
 *
 * Source: Melexis, "MLX90640 32x24 IR array" data sheet 3901090640, sections 11.1 and 11.2.2 (restoring calibration
 * data from EEPROM). Word n of the EEPROM lies at address 0x2400 + n.
 */
import { columns, pixels } from "./grid.ts";

export type Calibration = {
  /** VDD: counts at 25 °C and 3.3 V, counts a volt, ADC resolution of the calibration (bits above 16). */
  supply: { at25: number; perVolt: number; resolution: number };
  ambient: { at25: number; perKelvin: number; perVolt: number; alpha: number };
  gain: number;
  /**
   * `[5, 24, 32]`, of each pixel: counts at 25 °C; their change per kelvin, and per volt; 1 / sensitivity with the
   * compensation pixel's part taken off; and counts for measuring in the other pattern than it was calibrated in.
   */
  pixels: Float32Array;
  /** Of the compensation pixel, of each subpage. */
  compensation: { offset: readonly [number, number]; perKelvin: number; perVolt: number };
  temperatureGradient: number;
  sensitivityPerKelvin: number;
  /** Four ranges of object temperature: where each begins (°C), its slope, and the sensitivity up to there. */
  ranges: readonly { from: number; slope: number; correction: number }[];
  /** Chess pattern, rather than interleaved rows, in the mode that the device measures in. */
  isChess: boolean;
  /** ADC resolution that the device measures with, 0 (16 bits) to 3 (19 bits). */
  resolution: number;
  /** Pixels that the maker marked as dead or as outliers. */
  broken: readonly number[];
};

const deviceSelect = 0x40;
/** The data sheet allows 4; a dump with many more is no calibration. */
const brokenMax = 8;

/** The `bits` low bits as a two's complement number. */
function signed(value: number, bits: number): number {
  return (value << (32 - bits)) >> (32 - bits);
}

/** Why these 832 words are no calibration of an MLX90640; undefined when they may be one. */
export function faultOf(words: Uint16Array): string | undefined {
  const at = (index: number) => words[index] ?? 0;
  if ((at(0x0a) & deviceSelect) !== 0) return "word 10 marks another device than an MLX90640";
  if (signed(at(0x33) >> 8, 8) === 0) return "the supply's slope is 0";
  if (signed(at(0x32) & 0x3ff, 10) <= 0) return "the ambient sensor's slope is not above 0";
  if (at(0x30) === 0 || signed(at(0x30), 16) <= 0) return "the gain is not above 0";
  let broken = 0;
  for (let pixel = 0; pixel < pixels; pixel++) if (isBroken(at(0x40 + pixel))) broken++;
  if (broken > brokenMax) return `${broken} pixels are marked as broken, at most ${brokenMax} can be`;
  return undefined;
}

function isBroken(word: number): boolean {
  return word === 0 || (word & 1) === 1;
}

/** Throws a RangeError for words that are no calibration. `words` are the 832 of the EEPROM, in its order. */
export function readCalibration(words: Uint16Array): Calibration {
  if (words.length < 832) throw new RangeError(`an EEPROM has 832 words, got ${words.length}`);
  const fault = faultOf(words);
  if (fault) throw new RangeError(`no calibration of an MLX90640: ${fault}`);
  const at = (index: number) => words[index] ?? 0;
  const control = at(0x0c);
  const isChess = (control & 0x1000) !== 0;
  const calibratedInChess = (at(0x0a) & 0x0800) === 0;
  const temperatureGradient = signed(at(0x3c) & 0xff, 8) / 2 ** 5;
  const slopesPerVolt = 2 ** ((at(0x38) >> 8) & 0xf);
  const slopesPerKelvin = 2 ** (((at(0x38) >> 4) & 0xf) + 8);
  return {
    supply: {
      at25: ((at(0x33) & 0xff) - 256) * 2 ** 5 - 2 ** 13,
      perVolt: signed(at(0x33) >> 8, 8) * 2 ** 5,
      resolution: (at(0x38) >> 12) & 3,
    },
    ambient: {
      at25: at(0x31),
      perKelvin: signed(at(0x32) & 0x3ff, 10) / 2 ** 3,
      perVolt: signed(at(0x32) >> 10, 6) / 2 ** 12,
      alpha: (at(0x10) >> 12) / 4 + 8,
    },
    gain: signed(at(0x30), 16),
    pixels: readPixels(at, {
      isChess,
      temperatureGradient,
      slopesPerKelvin,
      slopesPerVolt,
      calibratedInChess,
    }),
    compensation: {
      offset: readCompensationOffset(at, isChess === calibratedInChess),
      perKelvin: signed(at(0x3b) & 0xff, 8) / slopesPerKelvin,
      perVolt: signed(at(0x3b) >> 8, 8) / slopesPerVolt,
    },
    temperatureGradient,
    sensitivityPerKelvin: signed(at(0x3c) >> 8, 8) / 2 ** 13,
    ranges: readRanges(at),
    isChess,
    resolution: (control >> 10) & 3,
    broken: Array.from({ length: pixels }, (_, pixel) => pixel).filter((pixel) => isBroken(at(0x40 + pixel))),
  };
}

type Words = (index: number) => number;

type Scales = {
  isChess: boolean;
  calibratedInChess: boolean;
  temperatureGradient: number;
  slopesPerKelvin: number;
  slopesPerVolt: number;
};

function readPixels(at: Words, scales: Scales): Float32Array {
  const { isChess, temperatureGradient, slopesPerVolt } = scales;
  const sensitivity = readSensitivity(at);
  const offsetPerVolt = eachPixel((row, column) => {
    const nibble = 12 - 4 * parityOf(row, column);
    return signed((at(0x34) >> nibble) & 0xf, 4) / slopesPerVolt;
  });
  const sensitivityInverse = eachPixel((row, column) => {
    const subpage = isChess ? (row + column) % 2 : row % 2;
    const own = sensitivity.pixel[row * columns + column] ?? 0;
    return 1 / (own - temperatureGradient * sensitivity.compensation[subpage === 0 ? 0 : 1]);
  });
  const tables = [
    readOffset(at),
    readOffsetPerKelvin(at, scales.slopesPerKelvin),
    offsetPerVolt,
    sensitivityInverse,
    isChess === scales.calibratedInChess ? new Float32Array(pixels) : readPatternOffset(at),
  ];
  const joined = new Float32Array(tables.length * pixels);
  tables.forEach((table, index) => joined.set(table, index * pixels));
  return joined;
}

function eachPixel(value: (row: number, column: number) => number): Float32Array {
  return Float32Array.from({ length: pixels }, (_, pixel) =>
    value(Math.floor(pixel / columns), pixel % columns),
  );
}

/** Four signed bits of a table that begins at word `first`, the lowest four bits first. */
function nibbleOf(at: Words, first: number, index: number): number {
  return signed((at(first + (index >> 2)) >> (4 * (index & 3))) & 0xf, 4);
}

/** 0 to 3 by the parity of the row and column as the data sheet counts them, from 1: odd-odd, even-odd, odd-even, even-even. */
function parityOf(row: number, column: number): number {
  return (row & 1) + 2 * (column & 1);
}

function readOffset(at: Words): Float32Array {
  const average = signed(at(0x11), 16);
  const scales = at(0x10);
  const [ofRow, ofColumn, ofPixel] = [
    2 ** ((scales >> 8) & 0xf),
    2 ** ((scales >> 4) & 0xf),
    2 ** (scales & 0xf),
  ];
  return eachPixel(
    (row, column) =>
      average +
      nibbleOf(at, 0x12, row) * ofRow +
      nibbleOf(at, 0x18, column) * ofColumn +
      signed(at(0x40 + row * columns + column) >> 10, 6) * ofPixel,
  );
}

function readOffsetPerKelvin(at: Words, scale: number): Float32Array {
  const ofPixel = 2 ** (at(0x38) & 0xf);
  const averages = [at(0x36) >> 8, at(0x36) & 0xff, at(0x37) >> 8, at(0x37) & 0xff].map((byte) =>
    signed(byte, 8),
  );
  return eachPixel((row, column) => {
    const own = signed((at(0x40 + row * columns + column) & 0xe) >> 1, 3);
    return ((averages[parityOf(row, column)] ?? 0) + own * ofPixel) / scale;
  });
}

function readSensitivity(at: Words): { pixel: Float32Array; compensation: readonly [number, number] } {
  const scales = at(0x20);
  const [ofRow, ofColumn, ofPixel] = [
    2 ** ((scales >> 8) & 0xf),
    2 ** ((scales >> 4) & 0xf),
    2 ** (scales & 0xf),
  ];
  const exponent = scales >> 12;
  const pixel = eachPixel(
    (row, column) =>
      (at(0x21) +
        nibbleOf(at, 0x22, row) * ofRow +
        nibbleOf(at, 0x28, column) * ofColumn +
        signed((at(0x40 + row * columns + column) & 0x3f0) >> 4, 6) * ofPixel) /
      2 ** (exponent + 30),
  );
  const first = signed(at(0x39) & 0x3ff, 10) / 2 ** (exponent + 27);
  return { pixel, compensation: [first, first * (1 + signed(at(0x39) >> 10, 6) / 2 ** 7)] };
}

function readCompensationOffset(at: Words, inCalibratedPattern: boolean): readonly [number, number] {
  const first = signed(at(0x3a) & 0x3ff, 10);
  const second = first + signed(at(0x3a) >> 10, 6);
  return [first, inCalibratedPattern ? second : second + patternTerms(at).first];
}

function patternTerms(at: Words): { first: number; second: number; third: number } {
  return {
    first: signed(at(0x35) & 0x3f, 6) / 2 ** 4,
    second: signed((at(0x35) >> 6) & 0x1f, 5) / 2,
    third: signed(at(0x35) >> 11, 5) / 2 ** 3,
  };
}

/** The data sheet on image patterns: the pattern of interleaved rows over a chess calibration, or the reverse. */
function readPatternOffset(at: Words): Float32Array {
  const { second, third } = patternTerms(at);
  return eachPixel((row, column) => {
    const interleaved = row & 1;
    const step = ((column + 2) >> 2) - ((column + 3) >> 2) + ((column + 1) >> 2) - (column >> 2);
    return third * (2 * interleaved - 1) - second * step * (1 - 2 * interleaved);
  });
}

function readRanges(at: Words): Calibration["ranges"] {
  const scale = 2 ** ((at(0x3f) & 0xf) + 8);
  const slopes = [at(0x3d) & 0xff, at(0x3d) >> 8, at(0x3e) & 0xff, at(0x3e) >> 8].map(
    (byte) => signed(byte, 8) / scale,
  );
  const step = ((at(0x3f) >> 12) & 3) * 10;
  const third = ((at(0x3f) >> 4) & 0xf) * step;
  const fourth = third + ((at(0x3f) >> 8) & 0xf) * step;
  const [first = 0, second = 0, upper = 0, top = 0] = slopes;
  const toThird = 1 + second * third;
  return [
    { from: -40, slope: first, correction: 1 / (1 + first * 40) },
    { from: 0, slope: second, correction: 1 },
    { from: third, slope: upper, correction: toThird },
    { from: fourth, slope: top, correction: toThird * (1 + upper * (fourth - third)) },
  ];
}
