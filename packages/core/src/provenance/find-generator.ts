/**
 * Which program for generating pictures a file names in its metadata. Such programs write there what a picture was asked for
 * and with which settings; anybody can write it, and nearly every service takes it out.
 *
 * PNG's text (ISO/IEC 15948, 11.3.4), EXIF and XMP stand in a file as they are: only those places are read, never the pixels.
 */

/** What a field of the metadata is called, and the first characters of what it says. */
type Field = { name: string; text: string };

const textCharsMax = 20_000;
const fieldsMax = 200;
const pngSignature = "\x89PNG\r\n\x1a\n";

/** By program: the field's name, and what it says. */
const marks: readonly { generator: string; name: RegExp; text: RegExp }[] = [
  { generator: "ComfyUI", name: /^(prompt|workflow)$/, text: /"(class_type|last_node_id)"\s*:/ },
  { generator: "InvokeAI", name: /^(invokeai_metadata|invokeai_graph|sd-metadata)$/, text: /\{/ },
  { generator: "NovelAI", name: /^(Software|Source)$/, text: /^NovelAI/ },
  { generator: "Midjourney", name: /^Description$/, text: /\bJob ID: [0-9a-f-]{36}/ },
  { generator: "Stable Diffusion", name: /^(parameters|exif|xmp)$/, text: /\bSteps: \d+, Sampler: / },
  {
    generator: "Google AI",
    name: /^(xmp|iptc)$/,
    text: /Made with Google AI|Edited with Google AI/,
  },
  {
    generator: "Adobe Firefly",
    name: /^(Software|xmp|exif)$/,
    text: /Adobe Firefly/,
  },
  { generator: "Midjourney", name: /^(xmp|exif)$/, text: /\bmidjourney\b/i },
  { generator: "DALL-E", name: /^(Software|xmp|exif)$/, text: /\b(DALL[-·]E|OpenAI API)\b/ },
];

/** @returns what the programs are called; empty: none is named */
export function findGenerator(bytes: Uint8Array): string[] {
  const fields =
    latin1(bytes, 0, 8) === pngSignature ? [...pngFields(bytes), ...blocks(bytes)] : blocks(bytes);
  const found = marks.filter((mark) =>
    fields.some(({ name, text }) => mark.name.test(name) && mark.text.test(text)),
  );
  return [...new Set(found.map(({ generator }) => generator))];
}

/** tEXt and iTXt chunks; what is compressed in them is left alone. */
function pngFields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  for (let at = 8; at + 8 <= bytes.length && fields.length < fieldsMax; ) {
    const length = view.getUint32(at);
    const type = latin1(bytes, at + 4, at + 8);
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
    if (type === "tEXt" || type === "iTXt") fields.push(fieldOf(type, body));
    at += 12 + length;
  }
  return fields;
}

function fieldOf(type: string, body: Uint8Array): Field {
  const nameEnd = body.indexOf(0);
  if (nameEnd < 0) return { name: "", text: "" };
  const name = latin1(body, 0, nameEnd);
  if (type === "tEXt") return { name, text: latin1(body, nameEnd + 1, nameEnd + 1 + textCharsMax) };
  // Keyword, 0, whether it is compressed, how, language, 0, keyword translated, 0, text in UTF-8.
  if (body[nameEnd + 1] !== 0) return { name, text: "" };
  const languageEnd = body.indexOf(0, nameEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : body.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return { name, text: "" };
  const text = body.subarray(translatedEnd + 1, translatedEnd + 1 + textCharsMax);
  return { name, text: new TextDecoder().decode(text) };
}

/** An XMP packet and an EXIF block, wherever a container has them. */
function blocks(bytes: Uint8Array): Field[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  for (const [name, mark] of [
    ["xmp", "<x:xmpmeta"],
    ["exif", "Exif\0\0"],
    ["iptc", "Photoshop 3.0\0"],
  ] as const) {
    const from = buffer.indexOf(mark, 0, "latin1");
    if (from < 0) continue;
    const text = buffer.toString("latin1", from, from + textCharsMax);
    // EXIF's comments may be UTF-16: without their zeros they read as the others do.
    fields.push({ name, text: name === "exif" ? text.replaceAll("\0", "") : text });
  }
  return fields;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString("latin1");
}
