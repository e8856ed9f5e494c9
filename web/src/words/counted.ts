/** Numbers, and how many there are of something, in the language of the page. */
import { locale } from "./spoken.ts";

/** `1,234`, or `1.234` in German. */
export function number(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** `1 picture`, `7 pictures`. */
export function counted(count: number, one: string, many: string): string {
  return `${number(count)} ${oneOrMany(count, one, many)}`;
}

/** What agrees with a number that stands elsewhere. English and German have the same two forms. */
export function oneOrMany(count: number, one: string, many: string): string {
  return new Intl.PluralRules(locale()).select(count) === "one" ? one : many;
}

/** `2 people, 1 car and 1 dog`. */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format([...parts]);
}
