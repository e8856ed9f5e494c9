/**
 * Prefixed, sortable ids: `evt_` and 32 hexadecimal digits of a UUIDv7, so that ids of one kind sort by the time
 * at which they were made.
 */
import { uuidv7 } from "uuidv7";
import * as z from "zod";

export const prefixes = {
  account: "acc",
  site: "sit",
  person: "per",
  member: "mbr",
  invitation: "inv",
  device: "dev",
  enrolment: "enr",
  key: "key",
  event: "evt",
  moment: "mom",
  session: "ses",
  review: "rev",
  digest: "dig",
  claim: "clm",
  endpoint: "end",
  delivery: "dlv",
  share: "shr",
  outbox: "out",
  audit: "aud",
  worker: "wkr",
  run: "run",
  request: "req",
  object: "obj",
  export: "exp",
  erasure: "era",
  consent: "con",
  check: "chk",
  experiment: "xpr",
  deployment: "dpl",
  question: "qst",
  source: "src",
} as const;
export type Kind = keyof typeof prefixes;

export function create(kind: Kind): string {
  return `${prefixes[kind]}_${uuidv7().replaceAll("-", "")}`;
}

/** The end of every id that stands in an example of the API's description. */
export const exampleDigits = "0198c3f4a1b27c3d8e4f5a6b7c8d9e0f";

function schemaOf(kind: Kind) {
  const prefix = prefixes[kind];
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), `expected ${prefix}_ and 32 hex digits`)
    .meta({
      id: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Id`,
      examples: [`${prefix}_${exampleDigits}`],
    });
}

const schemas = Object.freeze(
  Object.fromEntries(Object.keys(prefixes).map((kind) => [kind, schemaOf(kind as Kind)])),
) as Readonly<Record<Kind, ReturnType<typeof schemaOf>>>;

/** The schema of ids of one kind: `Id.of("event")` accepts `evt_0198…` and nothing else. */
export function of(kind: Kind) {
  return schemas[kind];
}
