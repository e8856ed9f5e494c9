/** Files that strangers wrote: forms with pictures, pictures, recordings, manifests. */

import * as Evidence from "@vigil/core/evidence";
import { createManifestReader } from "@vigil/core/provenance";
import { readContainer, sourceOf } from "../../../packages/core/src/check/read-container.ts";
import { afterStart, headKinds, segment } from "../../../packages/core/testing/picture-heads.ts";
import { agreeOnForm, agreeOnPicture, formKinds } from "../../evidence/agree.ts";
import type { Target } from "../target.ts";

const markers = [
  "\xff\xd8",
  "\xff\xd9",
  "\xff\xda",
  "\xff\xe1",
  "Exif\0\0",
  "II*\0",
  "MM\0*",
  "IHDR",
  "eXIf",
  "VP8X",
  "VP8L",
  "RIFF",
];

/** A line with the content type, then the body. */
export const forms: Target = {
  bytesMax: 16_384,
  tokens: [
    "--xxBOUNDxx",
    "\r\n--xxBOUNDxx\r\n",
    "\r\n--xxBOUNDxx--",
    "; filename=",
    "; filename*=UTF-8''%",
    "; name=event",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Type: text/plain; charset=utf-16\r\n",
    "boundary=",
  ],
  async seeds() {
    const kinds = (await headKinds()).filter(({ name }) => name === "png" || name === "webp");
    return formKinds(kinds).map(({ contentType, body }) =>
      Buffer.concat([Buffer.from(`${contentType}\n`), body]),
    );
  },
  open: () => ({
    take(input) {
      const end = Math.max(0, input.indexOf("\n"));
      return agreeOnForm(input.toString("latin1", 0, end), input.subarray(end + 1));
    },
  }),
};

export const pictures: Target = {
  bytesMax: 16_384,
  tokens: markers,
  seeds: async () => (await headKinds()).map(({ bytes }) => Buffer.from(bytes)),
  open: () => ({
    take(input) {
      Evidence.readTraits(input);
      return agreeOnPicture(input);
    },
  }),
};

function box(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

export const recordings: Target = {
  bytesMax: 4_096,
  tokens: ["ftyp", "moov", "mvhd", "qt  ", "M4A ", "RIFF", "WAVE", "fLaC", "OggS", "ID3"],
  seeds: () => [
    Buffer.concat([
      box("ftyp", Buffer.from("isom")),
      box("moov", box("mvhd", Buffer.alloc(20, 1))),
      box("mdat", Buffer.alloc(50)),
    ]),
    Buffer.from("RIFF\x28\0\0\0WAVEfmt \x10\0\0\0", "latin1"),
    Buffer.from([0xff, 0xfb, 0x90, 0x44]),
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1]),
  ],
  open: () => ({
    take(input) {
      const read = readContainer(sourceOf(input));
      if (read?.madeAt && Number.isNaN(read.madeAt.getTime())) throw new Error("made at no time");
      return read ? "taken" : "refused";
    },
  }),
};

/** An APP11 segment with a JUMBF box of a manifest store, as C2PA embeds it; its claim is empty. */
function withStore(picture: Uint8Array): Buffer {
  const uuid = (name: string) =>
    Buffer.from(`${Buffer.from(name).toString("hex")}00110010800000aa00389b71`, "hex");
  const described = (name: string, label: string, ...inside: Buffer[]) =>
    box("jumb", box("jumd", uuid(name), Buffer.of(3), Buffer.from(`${label}\0`)), ...inside);
  const claim = described("c2cl", "c2pa.claim.v2", box("cbor", Buffer.of(0xa1, 0x61, 0x61, 1)));
  const signature = described(
    "c2cs",
    "c2pa.signature",
    box("cbor", Buffer.of(0xd2, 0x84, 0x40, 0xa0, 0xf6, 0x40)),
  );
  const assertions = described(
    "c2as",
    "c2pa.assertions",
    described("cbor", "c2pa.actions.v2", box("cbor", Buffer.of(0xa0))),
  );
  const store = described("c2pa", "c2pa", described("c2ma", "urn:c2pa:1", claim, assertions, signature));
  return afterStart(
    picture,
    segment(0xeb, Buffer.concat([Buffer.from("JP\0\x01\0\0\0\x01", "latin1"), store])),
  );
}

export const manifests: Target = {
  bytesMax: 16_384,
  tokens: [
    "jumb",
    "jumd",
    "cbor",
    "c2pa",
    "c2ma",
    "c2cl",
    "c2cs",
    "urn:c2pa:1",
    "dcterms:provenance",
    "\xff\xeb",
  ],
  async seeds() {
    const [one] = await headKinds();
    return one ? [withStore(one.bytes)] : [];
  },
  open() {
    const reader = createManifestReader();
    return {
      async take(input) {
        const { status, codes } = await reader.read(input, Evidence.sniff(input) ?? "image/jpeg");
        // One that takes its time, or ends the reader's thread, costs whoever waits behind it.
        if (codes.includes("reader.gave-up")) throw new Error("the reader of manifests gave up");
        return status === "absent" || status === "unreadable" ? "refused" : "taken";
      },
      close: () => reader.close(),
    };
  },
};
