/** The headers of one part. Sources: RFC 7578 4.2 to 4.7, RFC 8187 (`filename*`), HTML 4.10.22.8 (`%22` for a quote). */

export type PartHead = {
  /** The field's name; empty when the part names none. */
  field: string;
  /** As the client wrote it; undefined when it wrote none. */
  filename: string | undefined;
  /** In lower case, without parameters; empty when the part states none. */
  contentType: string;
  charset: string | undefined;
  /** In lower case; empty when the part states none. */
  transferEncoding: string;
};

/** Never throws: what a client wrote badly is as good as not written. */
export function readPartHead(bytes: Uint8Array): PartHead {
  const headers = new Map<string, string>();
  // A line that begins with white space goes on from the one before (RFC 5322, 2.2.3).
  for (const line of textOf(bytes)
    .replace(/\r?\n[\t ]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = parametersOf(headers.get("content-disposition") ?? "");
  const contentType = headers.get("content-type") ?? "";
  return {
    field: extended(disposition, "name") ?? "",
    filename: extended(disposition, "filename"),
    contentType: contentType.split(";")[0]?.trim().toLowerCase() ?? "",
    charset: parametersOf(contentType).get("charset"),
    transferEncoding: (headers.get("content-transfer-encoding") ?? "").toLowerCase(),
  };
}

/** UTF-8, as browsers and today's clients write; what is none is Latin-1, as older ones do. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** By name in lower case. A backslash stands for itself but before a quote: Windows paths are not escaped. */
function parametersOf(header: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = "", value = ""] of header.matchAll(
    /;\s*([^\s=;"]+)\s*=\s*("(?:\\"|[^"])*"?|[^;]*)/g,
  )) {
    const text = value.startsWith('"') ? value.replace(/^"|"$/g, "").replaceAll('\\"', '"') : value.trim();
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, text);
  }
  return parameters;
}

/** `name*=UTF-8''…` before `name="…"`. */
function extended(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const [, charset, encoded] = /^([^']*)'[^']*'(.*)$/.exec(parameters.get(`${name}*`) ?? "") ?? [];
  if (charset !== undefined && /^utf-?8$/i.test(charset) && encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      // Not what it claims to be: the plain form, if there is one.
    }
  }
  return parameters
    .get(name)
    ?.replace(/%(0A|0D|22)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
