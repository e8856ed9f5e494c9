/** One input out of others: a few of the faults that lines, programs and people who mean harm make. */

export type Random = () => number;

const numbers = [
  "0",
  "-1",
  "1e309",
  "-0",
  "0.1e-9",
  "2147483648",
  "9007199254740993",
  "99999999999999999999",
];
/** Names that every object has, and pieces on which readers of text stumble. */
const words = [
  "__proto__",
  "constructor",
  "toString",
  "\0",
  "\ufeff",
  "\ud83d\ude00",
  "%00",
  "%",
  "\r\n",
  "\n\n",
];
const bytes = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3a, 0x5c, 0x7b, 0x5b];
const sizes = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const faultsMax = 5;

export type From = {
  inputs: readonly Buffer[];
  tokens: readonly string[];
  bytesMax: number;
};

export function mutate({ inputs, tokens, bytesMax }: From, random: Random): Buffer {
  const below = (bound: number) => Math.floor(random() * bound);
  const one = <T>(of: readonly T[]): T | undefined => of[below(of.length)];
  let input = Buffer.from(one(inputs) ?? Buffer.alloc(0));
  const put = (piece: Uint8Array, from: number, to = from) => {
    input = Buffer.concat([input.subarray(0, from), piece, input.subarray(to)]);
  };
  const faults: readonly ((at: number, to: number) => void)[] = [
    (at) => put(Buffer.of(one(bytes) ?? 0), at, at + 1),
    (at) => put(Buffer.of((input[at] ?? 0) ^ (1 << below(8))), at, at + 1),
    (at) => put(Buffer.of(below(256)), at, at + 1),
    (at, to) => put(Buffer.alloc(0), at, to),
    (at, to) => put(Buffer.concat(Array.from({ length: 1 + below(30) }, () => input.subarray(at, to))), at),
    (at) => put(Buffer.from(one(tokens) ?? ""), at),
    (at, to) => put(Buffer.from(one(tokens) ?? ""), at, to),
    (at) => put(Buffer.from(one(words) ?? ""), at),
    (at) => put(Buffer.from(one(words) ?? ""), at, endOfWord(input, at)),
    (at) => put(Buffer.from(one(numbers) ?? ""), at, endOfWord(input, at)),
    (at) => put(sized(one(sizes) ?? 0, one([1, 2, 4]) ?? 1, random() < 0.5), at, at + 4),
    (at, to) => put((one(inputs) ?? input).subarray(at, to), below(input.length + 1)),
    (at) => put((one(inputs) ?? input).subarray(at), at, input.length),
    (at) => put(Buffer.alloc(0), at, input.length),
  ];
  for (let count = 1 + Math.floor(random() * random() * faultsMax); count > 0; count--) {
    const at = below(input.length + 1);
    const to = Math.min(input.length, at + 1 + below(random() < 0.9 ? 16 : 400));
    one(faults)?.(at, to);
  }
  return input.subarray(0, bytesMax);
}

function sized(value: number, length: number, isBigEndian: boolean): Buffer {
  const piece = Buffer.alloc(4);
  if (isBigEndian) piece.writeUInt32BE(value);
  else piece.writeUInt32LE(value);
  return isBigEndian ? piece.subarray(4 - length) : piece.subarray(0, length);
}

function endOfWord(input: Buffer, from: number): number {
  let at = from;
  while (at < input.length && /[\w.+-]/.test(String.fromCharCode(input[at] ?? 0))) at++;
  return at;
}
