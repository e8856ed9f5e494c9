/** Names of evidence from what clients call their files. */
import type { ContentType } from "@vigil/core/event/wire";
import { endings } from "@vigil/core/evidence/endings";

const nameShape = /^[A-Za-z0-9._:-]{1,64}$/;
const charsMax = 64;

/** Letters that are no letter with a mark. */
const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  ø: "o",
  Ø: "O",
  œ: "oe",
  ł: "l",
  đ: "d",
};

/**
 * A name of 1 to 64 of A-Z a-z 0-9 . _ : - for a file: a good one as it is, else without its folders, in plain letters,
 * with a dash for whatever else there is. What has no name is called after its field.
 */
export function evidenceName(
  { filename, field }: { filename: string | undefined; field: string },
  contentType: ContentType,
): string {
  if (filename !== undefined && nameShape.test(filename)) return filename;
  const file = (filename ?? "").split(/[\\/]/).at(-1) ?? "";
  const [, stem = "", ending = ""] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/s.exec(file) ?? [];
  const cleaned = plain(stem) || plain(field) || "image";
  const last = ending || endings[contentType];
  return cleaned.slice(0, charsMax - last.length) + last;
}

function plain(text: string): string {
  return text
    .replace(/[ßæÆøØœłđ]/g, (letter) => spelled[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._:]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
}

/** `a.jpg`, `a-2.jpg`, `a-3.jpg`: the name, or one like it that is not taken. */
export function unused(name: string, taken: ReadonlySet<string>): string {
  const [, stem = "", ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? [];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) {
    const last = `-${count}${ending}`;
    free = stem.slice(0, charsMax - last.length) + last;
  }
  return free;
}
