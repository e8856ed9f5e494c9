/** For tests: multipart bodies written by hand, byte for byte as one client or another writes them. */

export type FormPart = { headers: string; content: Uint8Array | string };

/** @param lineEnd between lines; the last boundary is closed unless `isOpen` */
export function formBody(
  parts: readonly FormPart[],
  { boundary = "xxBOUNDxx", lineEnd = "\r\n", isOpen = false } = {},
): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ headers, content }) => [
      Buffer.from(`--${boundary}${lineEnd}${headers}${lineEnd}${lineEnd}`),
      Buffer.from(content),
      Buffer.from(lineEnd),
    ]),
    Buffer.from(isOpen ? "" : `--${boundary}--${lineEnd}`),
  ]);
}

export function eventPart(
  event: unknown,
  headers = 'Content-Disposition: form-data; name="event"',
): FormPart {
  return { headers, content: JSON.stringify(event) };
}

/** `disposition`: what stands behind `name="image"`, such as `; filename="a.jpg"`. */
export function imagePart(content: Uint8Array, disposition = "", contentType = "image/jpeg"): FormPart {
  const type = contentType === "" ? "" : `\r\nContent-Type: ${contentType}`;
  return { headers: `Content-Disposition: form-data; name="image"${disposition}${type}`, content };
}
