/** Bodies of `multipart/form-data`, read as clients write them. */
export { readForm } from "./read-form.ts";
export { decodeTransfer, eventTextOf, isEmptyField, noEvent, readImage } from "./read-part.ts";
export { createSplitter, type Part, splitBody } from "./split-body.ts";

export function isForm(contentType: string): boolean {
  return /^\s*multipart\/form-data\b/i.test(contentType);
}
