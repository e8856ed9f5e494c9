/** The files of a bundle, and the archive that they make. The same digest in the same language gives the same bytes. */
import { createHash } from "node:crypto";
import { signatureOf } from "@vigil/verify/bundle";
import { type Signer, signNote } from "@vigil/verify/seal";
import { zipSync } from "fflate";
import type { Custody } from "../../custody/wire.ts";
import type { DigestView } from "../../digest/wire.ts";
import type { Language } from "../../language/wire.ts";
import { bundleWords } from "./bundle-words.ts";
import { type BundledPicture, writeBundlePage } from "./write-bundle-page.ts";

export type BundleInput = {
  /** In English: what programs read. */
  digest: DigestView;
  /** What the page tells people, in their language. */
  told: { language: Language; digest: DigestView };
  timeZone: string;
  pictures: readonly BundledPicture[];
  custody: Custody;
};

/** @returns the archive, and the SHA-256 of its list of sums, hex; `@vigil/verify/bundle` reads it */
export async function writeBundle(
  { digest, told, timeZone, pictures, custody }: BundleInput,
  signer: Signer,
): Promise<{ zip: Uint8Array; sumsSha256: string; files: number }> {
  const { cover: _, moments, ...said } = digest;
  const bundle = {
    v: 1,
    digest: {
      ...said,
      // A presigned URL is neither kept nor handed on.
      moments: moments.map(({ image: _image, ...moment }) => moment),
    },
    timeZone,
    pictures: pictures.map(({ bytes, missing, ...picture }) => ({
      ...picture,
      missing: missing === null ? null : bundleWords.en.whyMissing[missing],
      bytes: bytes?.byteLength ?? null,
    })),
  };
  const files: Record<string, Uint8Array> = {
    "digest.json": Buffer.from(`${JSON.stringify(bundle, null, 2)}\n`),
    "custody.json": Buffer.from(`${JSON.stringify({ v: 1, ...custody }, null, 2)}\n`),
  };
  const { note, timeStamp } = custody.checkpoint ?? {};
  if (note !== undefined && timeStamp) {
    // As `openssl ts -verify` takes them.
    files["checkpoint.note"] = Buffer.from(note);
    files["checkpoint.tst"] = Buffer.from(timeStamp.token, "base64");
  }
  for (const { file, bytes } of pictures) if (bytes) files[file] = bytes;
  const page = Buffer.from(writeBundlePage({ ...told, timeZone, pictures, custody, sums: sumsOf(files) }));
  const whole = { ...files, "index.html": page };
  const sums = sumsOf(whole);
  // As `sha256sum --check` reads it.
  const list = sums.map(({ name, sha256: sum }) => `${sum}  ${name}\n`).join("");
  const signature = signatureOf(await signNote(list, signer));
  // The earliest time that an archive can tell, so that its bytes do not depend on when it was made.
  const mtime = new Date(1980, 0, 1);
  const zip = zipSync(
    { ...whole, SHA256SUMS: Buffer.from(list), "SHA256SUMS.sig": Buffer.from(signature) },
    // Pictures are compressed already.
    { level: 0, mtime },
  );
  return { zip, sumsSha256: sha256(Buffer.from(list)), files: sums.length };
}

function sumsOf(files: Readonly<Record<string, Uint8Array>>): { name: string; sha256: string }[] {
  return Object.entries(files).map(([name, bytes]) => ({ name, sha256: sha256(bytes) }));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
