/** The first bytes of the image formats that evidence may have. */
const headBytes = 12;

const signatures: Readonly<Record<string, (head: Uint8Array) => boolean>> = {
  "image/jpeg": (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  "image/png": (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  "image/webp": (head) =>
    startsWith(head, [0x52, 0x49, 0x46, 0x46]) && startsWith(head.subarray(8), [0x57, 0x45, 0x42, 0x50]),
};

/** Whether bytes begin as a file of `contentType` does. */
export function hasMagicOf(bytes: Uint8Array, contentType: string): boolean {
  return bytes.byteLength >= headBytes && (signatures[contentType]?.(bytes) ?? false);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}
