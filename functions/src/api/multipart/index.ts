/** Bodies of `multipart/form-data`, read as clients write them. */
export { readForm } from "./read-form.ts";
export { splitBody } from "./split-body.ts";

export function isForm(contentType: string): boolean {
  return /^\s*multipart\/form-data\b/i.test(contentType);
}
