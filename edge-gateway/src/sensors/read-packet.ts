/**
 * One packet, from its `#` to before its `!`, read byte by byte into a sink. Nothing is allocated for a sensor packet.
 *
 *     #serialno:SIM1   #locid:boiler room   #Sensor:ADC1=269,ADC2=1296,ADC3:=1,DIO=0   #frame1234:FFB0…   #EEPROM1:…
 */

import {
  adcMax,
  eepromWords,
  excerptCharactersMax,
  frameWordsMax,
  nameCharactersMax,
  type PacketSink,
  pixelWords,
  type SensorValues,
  unprintable,
} from "../packet.ts";
import { readHex, readSpacedHex } from "./hex-words.ts";

const [colon, equals, comma, space, dot, zero, nine] = [0x3a, 0x3d, 0x2c, 0x20, 0x2e, 0x30, 0x39];
/** A name and what may stand beside it; the data of a frame holds no colon. */
const headBytesMax = 2 * nameCharactersMax;

const lower = (word: string) => Uint8Array.from(Buffer.from(word));
const words = {
  sensor: lower("sensor"),
  frame: lower("frame"),
  eeprom: lower("eeprom"),
  serial: lower("serialno:"),
  location: lower("locid:"),
  token: lower("token:"),
};

export type ReadPacket = {
  /** Reads the packet from its `#` at `start` to before its `!` at `end`, or says what is wrong with it. */
  read: (buffer: Buffer, start: number, end: number) => void;
  /** Reads a frame whose digits begin after the colon at `head`. False, with nothing told, if one is no digit. */
  readFrame: (buffer: Buffer, start: number, head: number, end: number) => boolean;
};

export function createReadPacket(sink: PacketSink): ReadPacket {
  const scratch = Buffer.alloc(frameWordsMax * 2);
  const values: SensorValues = { adc1: Number.NaN, adc2: Number.NaN, adc3: Number.NaN, digital: Number.NaN };
  const headOf = createHeadCache();

  function readName(buffer: Buffer, start: number, from: number, end: number, tell: (name: string) => void) {
    const name = buffer.toString("utf8", from, Math.min(end, from + 4 * nameCharactersMax + 8)).trim();
    if (name === "" || name.length > nameCharactersMax || unprintable.test(name)) {
      sink.malformed("name", excerpt(buffer, start, end));
    } else tell(name);
  }

  function readWords(buffer: Buffer, start: number, from: number, end: number, isFrame: boolean): void {
    const last = lastColon(buffer, from, Math.min(end, from + headBytesMax));
    const data = last + 1;
    const count = last < 0 ? 0 : readDigits(buffer, data, end);
    const wanted = isFrame
      ? count === pixelWords || count === eepromWords || count === frameWordsMax
      : count === eepromWords || count === frameWordsMax;
    if (!wanted) {
      sink.malformed(count < 0 ? "not_hex" : "length", excerpt(buffer, start, end));
    } else if (isFrame) sink.frame(scratch, count, headOf(buffer, from, last));
    else sink.eeprom(scratch, count, headOf(buffer, from, last));
  }

  /** The number of words; -1 for what is no digit, 0 for a length that cannot be. */
  function readDigits(buffer: Buffer, from: number, end: number): number {
    const length = end - from;
    if (length % 4 === 0 && length <= frameWordsMax * 4 && length >= pixelWords * 4) {
      const count = readHex(buffer, from, end, scratch);
      if (count >= 0 || buffer.indexOf(space, from) < 0) return count;
    }
    return readSpacedHex(buffer, from, end, scratch);
  }

  function readSensor(buffer: Buffer, start: number, from: number, end: number): void {
    const sign = indexOf(buffer, equals, from, end);
    // The colon before the first key; one that stands right before the `=` is a slip of the device's and means nothing.
    const head = sign < 0 ? -1 : lastColon(buffer, from, buffer[sign - 1] === colon ? sign - 1 : sign);
    if (head < 0) {
      sink.malformed("no_values", excerpt(buffer, start, end));
      return;
    }
    const found = readValues(buffer, head + 1, end, values);
    if (found > 0) sink.sensor(values, headOf(buffer, from, head));
    else sink.malformed(found < 0 ? "value" : "no_values", excerpt(buffer, start, end));
  }

  function read(buffer: Buffer, start: number, end: number): void {
    const from = start + 1;
    if (begins(buffer, from, end, words.sensor)) readSensor(buffer, start, from + words.sensor.length, end);
    else if (begins(buffer, from, end, words.frame)) {
      readWords(buffer, start, from + words.frame.length, end, true);
    } else if (begins(buffer, from, end, words.eeprom)) {
      readWords(buffer, start, from + words.eeprom.length, end, false);
    } else if (begins(buffer, from, end, words.serial)) {
      readName(buffer, start, from + words.serial.length, end, sink.serial);
    } else if (begins(buffer, from, end, words.location)) {
      readName(buffer, start, from + words.location.length, end, sink.location);
    } else if (begins(buffer, from, end, words.token)) {
      readName(buffer, start, from + words.token.length, end, sink.token);
    } else sink.malformed("unknown", excerpt(buffer, start, end));
  }

  function readFrame(buffer: Buffer, start: number, head: number, end: number): boolean {
    const from = start + 1;
    if (!begins(buffer, from, head, words.frame)) return false;
    const count = readHex(buffer, head + 1, end, scratch);
    if (count < 0) return false;
    sink.frame(scratch, count, headOf(buffer, from + words.frame.length, head));
    return true;
  }

  return { read, readFrame };
}

export function excerpt(buffer: Buffer, start: number, end: number): string {
  return buffer.toString("latin1", start, Math.min(end, start + excerptCharactersMax));
}

/** The head as text; a device sends the same one over and over, so the last one is kept. */
function createHeadCache(): (buffer: Buffer, from: number, end: number) => string {
  const bytes = Buffer.alloc(headBytesMax);
  let length = 0;
  let text = "";
  return (buffer, start, end) => {
    const from = buffer[start] === colon ? start + 1 : start;
    if (end <= from) return "";
    let same = end - from === length;
    for (let index = 0; same && index < length; index++) same = buffer[from + index] === bytes[index];
    if (!same) {
      length = Math.min(end - from, headBytesMax);
      buffer.copy(bytes, 0, from, from + length);
      text = bytes.toString("utf8", 0, length).trim();
    }
    return text;
  };
}

/** Reads `key=value` pairs. The number of known keys; -1 for a value that is no number or beyond its range. */
function readValues(buffer: Buffer, from: number, end: number, values: SensorValues): number {
  values.adc1 = values.adc2 = values.adc3 = values.digital = Number.NaN;
  let found = 0;
  let at = from;
  while (at < end) {
    while (at < end && (buffer[at] === space || buffer[at] === comma)) at++;
    if (at >= end) break;
    const sign = indexOf(buffer, equals, at, end);
    if (sign < 0) return -1;
    const key = keyAt(buffer, at, sign);
    const stop = indexOf(buffer, comma, sign + 1, end);
    at = stop < 0 ? end : stop;
    if (key === 0) continue;
    const value = readNumber(buffer, sign + 1, at);
    if (!(value <= (key === 4 ? 1 : adcMax)) || (key === 4 && value !== 0 && value !== 1)) return -1;
    if (key === 1) values.adc1 = value;
    else if (key === 2) values.adc2 = value;
    else if (key === 3) values.adc3 = value;
    else values.digital = value;
    found++;
  }
  return found;
}

/** 1 to 3 for an ADC, 4 for the switched flame input (`DIO` on devices, `MPY30` on simulators), 0 for any other. */
function keyAt(buffer: Buffer, from: number, sign: number): number {
  let end = sign;
  while (end > from && (buffer[end - 1] === space || buffer[end - 1] === colon)) end--;
  const byte = (index: number) => (buffer[from + index] ?? 0) | 0x20;
  const length = end - from;
  if (length === 4 && byte(0) === 0x61 && byte(1) === 0x64 && byte(2) === 0x63) {
    const digit = (buffer[from + 3] ?? 0) - zero;
    return digit >= 1 && digit <= 3 ? digit : 0;
  }
  if (length === 3 && byte(0) === 0x64 && byte(1) === 0x69 && byte(2) === 0x6f) return 4;
  const isMpy30 = length === 5 && byte(0) === 0x6d && byte(1) === 0x70 && byte(2) === 0x79;
  return isMpy30 && buffer[from + 3] === 0x33 && buffer[from + 4] === zero ? 4 : 0;
}

/** Digits with at most one decimal point, blanks around them; NaN for anything else. */
function readNumber(buffer: Buffer, start: number, stop: number): number {
  let [from, end] = [start, stop];
  while (from < end && buffer[from] === space) from++;
  while (end > from && buffer[end - 1] === space) end--;
  let value = 0;
  let scale = 0;
  let digits = 0;
  for (let at = from; at < end; at++) {
    const byte = buffer[at] ?? 0;
    if (byte >= zero && byte <= nine) {
      digits++;
      if (scale === 0) value = value * 10 + (byte - zero);
      else {
        value += (byte - zero) * scale;
        scale /= 10;
      }
    } else if (byte === dot && scale === 0) scale = 0.1;
    else return Number.NaN;
  }
  return digits > 0 ? value : Number.NaN;
}

/** Whether the lower-case word stands there, in either case. */
function begins(buffer: Buffer, from: number, end: number, word: Uint8Array): boolean {
  if (end - from < word.length) return false;
  for (let index = 0; index < word.length; index++) {
    if (((buffer[from + index] ?? 0) | 0x20) !== word[index]) return false;
  }
  return true;
}

function indexOf(buffer: Buffer, wanted: number, from: number, end: number): number {
  for (let at = from; at < end; at++) if (buffer[at] === wanted) return at;
  return -1;
}

function lastColon(buffer: Buffer, from: number, end: number): number {
  for (let at = end - 1; at >= from; at--) if (buffer[at] === colon) return at;
  return -1;
}
