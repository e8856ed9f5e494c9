/** Digests: what workers found, in words. */
export { type Description, describe } from "./describe.ts";
