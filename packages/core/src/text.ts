/**
 * Text that can be stored. JSON can spell two things that PostgreSQL refuses, or would not give back as they came:
 * the character NUL, and half of a surrogate pair (https://www.postgresql.org/docs/current/datatype-json.html).
 */
import * as z from "zod";

export const expectation = "expected text without NUL characters and halves of surrogate pairs";

function isText(value: string): boolean {
  return !value.includes("\0") && value.isWellFormed();
}

/** Whether every string in a JSON value is text, names of properties included. */
export function isTextThroughout(value: unknown): boolean {
  if (typeof value === "string") return isText(value);
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([name, part]) => isText(name) && isTextThroughout(part));
}

/** A string that comes from outside and is stored. */
export function text() {
  return z.string().refine(isText, expectation);
}

/** Text from words of unknown origin, such as an error's: at most `charsMax` characters, and what is not text replaced. */
export function toText(words: string, charsMax: number): string {
  return words.slice(0, charsMax).replaceAll("\0", "\ufffd").toWellFormed();
}
