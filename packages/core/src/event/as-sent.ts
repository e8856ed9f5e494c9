/** What clients write for the same thing, read as the one thing that it means. */
import * as z from "zod";

/** A field that may be left out: `null` or nothing but spaces, as clients write what they do not know, is as good as absent. */
export function leftOut<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isBlank(value) ? undefined : value), schema.optional());
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

/** Hex in either case. */
export const Sha256 = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, "expected 64 hex digits");

const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
  }),
);

/** The registered name of a media type that goes by several, in any case and with parameters. */
export function registeredType(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const type = value.split(";")[0]?.trim().toLowerCase() ?? "";
  return aliases.get(type) ?? type;
}
