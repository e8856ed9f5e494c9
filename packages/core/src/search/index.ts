/** Asking for digests in words: what a question means. Pure; the flow asks the database. */
export { type Question, readSearch, type Wanted } from "./read-search.ts";
export type { Stretch } from "./read-times.ts";
