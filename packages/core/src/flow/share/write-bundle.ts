/** The files of a bundle, and the archive that they make. Pure: the same digest gives the same bytes. */
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import type { DigestView } from "../../digest/wire.ts";
import { type BundledPicture, writeBundlePage } from "./write-bundle-page.ts";

export type BundleInput = { digest: DigestView; timeZone: string; pictures: readonly BundledPicture[] };

const sumsFile = "SHA256SUMS";

/** @returns the archive, and the SHA-256 of its list of sums, hex */
export function writeBundle({ digest, timeZone, pictures }: BundleInput): {
  zip: Uint8Array;
  sumsSha256: string;
  files: number;
} {
  const { cover: _, moments, ...told } = digest;
  const bundle = {
    v: 1,
    digest: {
      ...told,
      // A presigned URL is neither kept nor handed on.
      moments: moments.map(({ image: _image, ...moment }) => moment),
    },
    timeZone,
    pictures: pictures.map(({ bytes, ...picture }) => ({ ...picture, bytes: bytes?.byteLength ?? null })),
  };
  const files: Record<string, Uint8Array> = {
    "digest.json": Buffer.from(`${JSON.stringify(bundle, null, 2)}\n`),
  };
  for (const { file, bytes } of pictures) if (bytes) files[file] = bytes;
  const sums = Object.entries(files).map(([name, bytes]) => ({ name, sha256: sha256(bytes) }));
  // As `sha256sum --check` reads it.
  const list = Buffer.from(sums.map(({ name, sha256: sum }) => `${sum}  ${name}\n`).join(""));
  const sumsSha256 = sha256(list);
  const page = writeBundlePage({ digest, timeZone, pictures, sums, sumsSha256 });
  // The earliest time that an archive can tell, so that its bytes do not depend on when it was made.
  const mtime = new Date(1980, 0, 1);
  const zip = zipSync(
    { ...files, [sumsFile]: list, "index.html": Buffer.from(page) },
    // Pictures are compressed already.
    { level: 0, mtime },
  );
  return { zip, sumsSha256, files: sums.length };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
