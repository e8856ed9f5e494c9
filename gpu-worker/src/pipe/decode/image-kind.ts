/** What an image is by its first bytes, whatever its name or its sender says. */

export type ImageKind = "image/jpeg" | "image/png" | "image/webp";

/**
 * Sources: JPEG (ITU-T T.81, B.1.1.3: SOI, then a marker), PNG (ISO/IEC 15948, 5.2), WebP (RFC 9649, 2.3).
 * Answers undefined for anything else.
 */
export function findImageKind(bytes: Uint8Array): ImageKind | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  const riff = startsWith(bytes, [0x52, 0x49, 0x46, 0x46]);
  if (riff && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])) return "image/webp";
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
