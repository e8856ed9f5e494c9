/**
 * Prefixed, sortable ids: `evt_` and 32 hexadecimal digits of a UUIDv7, so that ids of one kind sort by the time
 * at which they were made.
 */
import { uuidv7 } from "uuidv7";
import * as z from "zod";

export const prefixes = {
  account: "acc",
  site: "sit",
  member: "mbr",
  device: "dev",
  key: "key",
  event: "evt",
  moment: "mom",
  session: "ses",
  review: "rev",
  digest: "dig",
  claim: "clm",
  endpoint: "end",
  delivery: "dlv",
  outbox: "out",
  audit: "aud",
  worker: "wkr",
  request: "req",
} as const;
export type Kind = keyof typeof prefixes;

export function create(kind: Kind): string {
  return `${prefixes[kind]}_${uuidv7().replaceAll("-", "")}`;
}

/** A schema for ids of one kind: `Id.of("event")` accepts `evt_0198…` and nothing else. */
export function of(kind: Kind) {
  return z
    .string()
    .regex(new RegExp(`^${prefixes[kind]}_[0-9a-f]{32}$`), `expected ${prefixes[kind]}_ and 32 hex digits`);
}
