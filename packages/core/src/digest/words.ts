/** Counting and joining in English. */

const numbers = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** `seven`, and digits above twelve. */
export function number(count: number): string {
  return numbers[count] ?? String(count);
}

/** `a, b and c`. */
export function list(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `one picture`, `two pictures`. */
export function pictures(count: number): string {
  return `${number(count)} ${count === 1 ? "picture" : "pictures"}`;
}

/** At most `charsMax` characters, cut between words where it must be. */
export function shorten(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const cut = text.slice(0, charsMax - 1);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > charsMax / 2 ? space : cut.length)}…`;
}
