import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import sharp from "sharp";
import {
  afterStart,
  beforeScan,
  drawn,
  exif,
  headKinds,
  mutate,
  randomOf,
  segment,
  thermal,
  tiff,
} from "../../testing/picture-heads.ts";
import { evidence } from "../limits.ts";
import { Problem } from "../problem.ts";
import { inspect, readHead } from "./index.ts";

const cases = new URL("../../../../../shared/cases/", import.meta.url);

/** What libvips says of a picture, or undefined when it takes it for none. */
async function decoderHead(bytes: Uint8Array) {
  if (bytes.length === 0) return undefined;
  const found = await sharp(bytes, { limitInputPixels: false, failOn: "none" })
    .metadata()
    .catch(() => undefined);
  if (!found) return undefined;
  const { format, width, height, orientation = 1 } = found;
  return { contentType: `image/${format}`, width, height, orientation };
}

function ours(bytes: Uint8Array) {
  const head = readHead(bytes);
  if ("fault" in head) return head;
  const { contentType, width, height, orientation } = head;
  return { contentType, width, height, orientation };
}

async function agrees(bytes: Uint8Array, what: string): Promise<void> {
  const decoder = await decoderHead(bytes);
  if (decoder) assert.deepEqual(ours(bytes), decoder, what);
}

describe("readHead", () => {
  it("says of every kind of head what the decoder says", async () => {
    for (const { name, bytes } of await headKinds()) {
      const decoder = await decoderHead(bytes);
      assert.ok(decoder, name);
      assert.deepEqual(ours(bytes), decoder, name);
    }
  });

  it("takes whatever the decoder takes, and as it takes it, whatever is done to the head", async () => {
    const kinds = await headKinds();
    const random = randomOf(20_261);
    for (let round = 0; round < 3_000; round += 1) {
      const kind = kinds[round % kinds.length];
      assert.ok(kind);
      await agrees(mutate(kind.bytes, random), `${kind.name}, round ${round}`);
    }
  });

  it("finds the orientation wherever and however it is written, in the first block that claims to be EXIF", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    const xmp = segment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<x/>"));
    const junk = segment(0xe1, Buffer.from("Exif\0\0junkjunkjunkjunk"));
    const half = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\x01", "latin1"), tiff(6)]));
    for (const [name, bytes, orientation] of [
      ["two blocks", afterStart(jpeg, exif(6), exif(3)), 6],
      ["two blocks, the first upright", afterStart(jpeg, exif(1), exif(6)), 1],
      ["damaged before good", afterStart(jpeg, junk, exif(6)), 1],
      ["good before damaged", afterStart(jpeg, exif(8), junk), 8],
      ["half a signature before good", afterStart(jpeg, half, exif(6)), 1],
      ["XMP before EXIF", afterStart(jpeg, xmp, exif(5)), 5],
      ["big-endian", afterStart(jpeg, exif(7, { bigEndian: true })), 7],
      ["as a LONG", afterStart(jpeg, exif(4, { type: 4 })), 4],
      ["as a BYTE", afterStart(jpeg, exif(2, { type: 1 })), 2],
      ["behind the frame header", beforeScan(jpeg, exif(6)), 6],
      ["a number that is none", afterStart(jpeg, exif(9)), 1],
    ] as const) {
      const head = ours(bytes);
      assert.ok(!("fault" in head), name);
      assert.equal(head.orientation, orientation, name);
      await agrees(bytes, name);
    }
  });

  it("passes over what cameras leave between segments, and over any length of them", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    for (const [name, bytes] of [
      ["608 zeros", afterStart(jpeg, Buffer.alloc(608))],
      ["text", afterStart(jpeg, Buffer.from("IPCAM firmware 1.2"))],
      ["fill bytes", afterStart(jpeg, Buffer.alloc(9, 0xff))],
      ["a stuffed byte", afterStart(jpeg, Buffer.from([0xff, 0, 1, 2]))],
      ["a segment of length 0", afterStart(jpeg, Buffer.from([0xff, 0xe4, 0, 0]))],
      ["a restart marker", afterStart(jpeg, Buffer.from([0xff, 0xd3]))],
      ["zeros behind the frame header", beforeScan(jpeg, Buffer.alloc(300))],
      ["more than 256 KiB of APP segments", thermal(jpeg, 400_000)],
      ["4 MiB of APP segments", thermal(jpeg, 4_000_000)],
    ] as const) {
      const head = readHead(bytes);
      assert.ok(!("fault" in head), `${name}: ${JSON.stringify(head)}`);
      assert.deepEqual([head.width, head.height], [64, 48], name);
      assert.ok(await decoderHead(bytes), name);
      await agrees(bytes, name);
    }
  });

  it("refuses what no decoder takes, and says what it is", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheicmif1")]);
    for (const [bytes, fault] of [
      [new Uint8Array(0), /no bytes/],
      [Buffer.from("photo.jpg"), /text that begins with "photo.jpg"/],
      [heic, /HEIC.*most compatible/],
      [Buffer.from("GIF89a........"), /GIF/],
      [jpeg.subarray(0, 100), /ends within its head/],
      [afterStart(jpeg, Buffer.from([0xff, 0xd8])), /begins twice/],
      [afterStart(jpeg, Buffer.from([0xff, 0xd9])), /ends before its picture/],
      [Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xda, 0, 2])]), /before its frame header/],
      [(await drawn().png().toBuffer()).subarray(0, 30), /ends within its head|damaged/],
      [(await drawn().webp().toBuffer()).subarray(0, 20), /ends within its head/],
    ] as const) {
      const head = readHead(bytes);
      assert.ok("fault" in head, String(fault));
      assert.match(head.fault, fault);
      assert.equal(await decoderHead(bytes), undefined, String(fault));
    }
  });

  it("costs next to nothing for the longest head that fits into a piece of evidence", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    const hostile = [
      Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(evidence.bytesMax - 2)]),
      Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(evidence.bytesMax - 2, 0xff)]),
      Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.alloc(evidence.bytesMax - 2, Buffer.from([0xff, 0xe4, 0, 2])),
      ]),
      Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(evidence.bytesMax - 2, Buffer.from([0xff, 0]))]),
    ];
    const before = process.cpuUsage();
    for (const bytes of hostile) assert.ok("fault" in readHead(bytes));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 4_000_000, `${(user + system) / 1e6} s of processor`);
  });
});

describe("inspect", () => {
  it("ends 50,000 damaged pictures with a size or a problem that names the picture", async () => {
    const kinds = await headKinds();
    const random = randomOf(42);
    for (let round = 0; round < 50_000; round += 1) {
      const bytes = mutate(kinds[round % kinds.length]?.bytes ?? new Uint8Array(0), random);
      try {
        const { width, height } = inspect("a.jpg", bytes);
        assert.ok(width > 0 && height > 0 && width * height <= evidence.pixelsMax);
      } catch (error) {
        assert.ok(error instanceof Problem, String(error));
        assert.match(error.message, /^a\.jpg: /);
      }
    }
  });

  it("takes the pictures of public reports", {
    skip: existsSync(cases) ? false : "../shared/cases is not here",
  }, () => {
    for (const name of ["short48.jpg", "dahua-small.jpg", "two-exif-rev.jpg", "black.jpg", "tiny60.jpg"]) {
      const { contentType } = inspect(name, readFileSync(new URL(name, cases)), "image/jpeg");
      assert.equal(contentType, "image/jpeg");
    }
  });
});
