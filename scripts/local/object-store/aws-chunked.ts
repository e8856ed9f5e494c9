/**
 * Decodes `aws-chunked` bodies with a trailer, as SDKs send streams whose checksum is known only at the end
 * (`x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER`): `<hex length>\r\n<bytes>\r\n … 0\r\n<name>:<value>\r\n\r\n`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
import { Refusal } from "../refusal.ts";

const lineBytesMax = 4096;
const trailersMax = 8;

const incomplete = () => new Refusal("IncompleteBody", "The request body terminated unexpectedly");
const malformed = () =>
  new Refusal("MalformedTrailerError", "The request contained trailing data that was not well-formed");

/** Takes lines and exact counts of bytes off a stream of pieces. */
function reader(source: AsyncIterable<Buffer>) {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    const next = await pieces.next();
    if (next.done) throw incomplete();
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
  };
  return {
    async line(): Promise<string> {
      for (;;) {
        const end = rest.indexOf("\r\n");
        if (end >= 0) {
          const text = rest.subarray(0, end).toString("latin1");
          rest = rest.subarray(end + 2);
          return text;
        }
        if (rest.length > lineBytesMax) throw malformed();
        await more();
      }
    },
    async *bytes(count: number): AsyncGenerator<Buffer> {
      for (let left = count; left > 0; ) {
        if (rest.length === 0) await more();
        const piece = rest.subarray(0, left);
        rest = rest.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}

/** Yields the object's bytes; fills `trailers` (names in lower case) before it ends. */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const input = reader(source);
  for (;;) {
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(await input.line())?.[1];
    if (size === undefined) throw incomplete();
    const count = Number.parseInt(size, 16);
    if (count === 0) break;
    yield* input.bytes(count);
    if ((await input.line()) !== "") throw incomplete();
  }
  for (let line = await input.line(); line !== ""; line = await input.line()) {
    const at = line.indexOf(":");
    if (at <= 0 || trailers.size === trailersMax) throw malformed();
    trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
}
