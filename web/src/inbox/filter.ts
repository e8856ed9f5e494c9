/** What an inbox is asked for, as the address holds it: a page that is reloaded or handed on shows the same. */
import type { InboxFilter } from "../api/digests.ts";
import { levels } from "../words/level.ts";

const keys = ["q", "levelFrom", "site", "device", "zone", "seen", "unread"] as const;
/** As the API bounds it. */
const charsMax = { q: 200, zone: 64, seen: 64 } as const;
const shapes: Readonly<Record<string, RegExp>> = {
  levelFrom: new RegExp(`^(?:${levels.join("|")})$`),
  site: /^sit_[0-9a-f]{32}$/,
  device: /^dev_[0-9a-f]{32}$/,
  unread: /^true$/,
};

/** What means nothing is left out. @param search as in `location.search` */
export function parseFilter(search: string): InboxFilter {
  const given = new URLSearchParams(search);
  const read = keys.flatMap((key) => {
    const value = given.get(key)?.trim() ?? "";
    const max = key in charsMax ? charsMax[key as keyof typeof charsMax] : Number.POSITIVE_INFINITY;
    const isGood = value !== "" && value.length <= max && (shapes[key]?.test(value) ?? true);
    return isGood ? [[key, value]] : [];
  });
  return Object.fromEntries(read) as InboxFilter;
}

/** Always in the same order, so that the same filter has one address. `""` or `?…` */
export function searchOf(filter: InboxFilter): string {
  const given = new URLSearchParams();
  for (const key of keys) if (filter[key] !== undefined) given.set(key, filter[key]);
  const text = given.toString();
  return text === "" ? "" : `?${text}`;
}

/** The filter with one thing set, or left out. */
export function withKey(filter: InboxFilter, key: keyof InboxFilter, value: string | undefined): InboxFilter {
  const { [key]: _, ...rest } = filter;
  return value === undefined ? rest : { ...rest, [key]: value };
}

/** How many things are asked for, the words apart. */
export function countOf(filter: InboxFilter): number {
  return Object.keys(filter).filter((key) => key !== "q").length;
}
