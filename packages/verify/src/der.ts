/** Reading DER (ITU-T X.690): what certificates and time stamps are written in. Nothing is taken that is not whole. */

export type Der = {
  tag: number;
  /** With its tag and length. */
  bytes: Uint8Array;
  value: Uint8Array;
};

export const tags = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The number of a part that is told by its place: `[0]`, `[1]` ... */
export const contextTag = (number: number) => 0xa0 + number;

export class NotDer extends Error {
  override readonly name = "NotDer";
}

/** The element that begins at `at`. @throws NotDer */
export function readDer(bytes: Uint8Array, at = 0): Der {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new NotDer("ends too early");
  let length = first;
  let from = at + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count === 0 || count > 4) throw new NotDer("has no definite length");
    length = 0;
    for (const byte of bytes.subarray(from, from + count)) length = length * 256 + byte;
    from += count;
  }
  const end = from + length;
  if (end > bytes.length) throw new NotDer("ends too early");
  return { tag, bytes: bytes.subarray(at, end), value: bytes.subarray(from, end) };
}

/** What a constructed element holds. @throws NotDer */
export function partsOf({ value }: Der): Der[] {
  const parts: Der[] = [];
  for (let at = 0; at < value.length; ) {
    const part = readDer(value, at);
    parts.push(part);
    at += part.bytes.length;
  }
  return parts;
}

/** @throws NotDer when it is of another kind, or missing */
export function expect(der: Der | undefined, tag: number): Der {
  if (der?.tag !== tag) throw new NotDer(`expected tag ${tag}, got ${der?.tag ?? "nothing"}`);
  return der;
}

const octetsInParts = 0x24;

/** What an octet string holds, which some write in parts (BER). @throws NotDer */
export function octetsOf(der: Der | undefined): Uint8Array {
  if (der?.tag !== octetsInParts) return expect(der, tags.octets).value;
  return Uint8Array.from(partsOf(der).flatMap((part) => [...expect(part, tags.octets).value]));
}

/** An object identifier with its dots. @throws NotDer */
export function oidOf(der: Der | undefined): string {
  const { value } = expect(der, tags.oid);
  const numbers: number[] = [];
  let number = 0;
  for (const byte of value) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join(".");
}

/** UTCTime or GeneralizedTime, in UTC as DER has them. @throws NotDer */
export function timeOf(der: Der | undefined): Date {
  const text = new TextDecoder().decode(der?.value);
  const century = der?.tag === tags.utcTime ? (Number(text.slice(0, 2)) < 50 ? "20" : "19") : "";
  const [, year, month, day, hour, minute, second, rest = ""] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(century + text) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${rest.slice(0, 4)}Z`);
  if (Number.isNaN(at.getTime())) throw new NotDer(`expected a time, got ${text.slice(0, 40)}`);
  return at;
}
