/** Marks the part of a message that looks different: the message says which, because languages put it in different places. */

/** No text that people write has it in it. */
export const sign = "\u0001";

export function mark(part: string | number): string {
  return `${sign}${part}${sign}`;
}

/** The message without its marks, as for a label. */
export function unmarked(text: string): string {
  return text.replaceAll(sign, "");
}
