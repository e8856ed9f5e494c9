/** Something is told: one delivery for each endpoint that wants it, in the transaction of what is told. */
import * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import type { Message } from "../../delivery/wire.ts";
import * as Endpoint from "../../endpoint/index.ts";
import type { DeliveryKind } from "../../endpoint/wire.ts";
import type { Language } from "../../language/wire.ts";
import { type Level, rank } from "../../level.ts";
import { delivery as limits } from "../../limits.ts";
import { currentTraceparent } from "../../platform/trace.ts";

/** In one language, that of the endpoint that is told. */
export type Said = { title: string; summary: readonly string[]; recommendation?: string | null };

export type Told = {
  kind: DeliveryKind;
  /** What it is about: `dig_…`, `evt_…`, `dev_…`. */
  subject: string;
  /** Tells versions of the same subject apart: the same version is told to an endpoint once. */
  version: string | number;
  level: Level;
  /** Never waits for quiet hours to end. */
  urgent: boolean;
  /** Happened long before it was known: it is told, and does not ring. */
  isLate: boolean;
  site: { id: string; name: string } | null;
  say: (language: Language) => Said;
  zones: readonly string[];
  seen: Readonly<Record<string, number>>;
  thread: string;
  occurredAt: Date;
  links: { console: string; api: string | null };
};

const toldInTheMorning = "quiet hours: the morning summary tells it";
const toldBefore = "this happening was told at this level; its digest tells the rest";
const titleCharsMax = 500;
const sentenceCharsMax = 1_000;
const sentencesMax = 12;
const zonesMax = 20;
const labelsMax = 30;

/**
 * Writes the deliveries; they are sent by `dispatchDeliveries` after the commit.
 * @param only tells this endpoint alone
 * @returns how many endpoints will be told
 */
export async function tell(
  tx: Tx,
  account: Account.Account,
  told: Told,
  { now, only }: { now: Date; only?: string },
): Promise<number> {
  const listed = only === undefined ? await Endpoint.listActive(tx) : [await Endpoint.get(tx, only)];
  const subject = { kind: told.kind, level: told.level, siteId: told.site?.id ?? null };
  const wanting = listed.filter((endpoint) => Endpoint.wants(endpoint, subject));
  const quietUntil = told.urgent ? undefined : Account.endsAt(Account.quietWindowOf(account), now);
  let count = 0;
  for (const endpoint of wanting) {
    const language = Endpoint.languageOf(endpoint);
    const before = await Delivery.levelRung(tx, endpoint.id, told.thread);
    const rings = !told.isLate && (before === undefined || rank(told.level) > rank(before));
    const held = quietUntil !== undefined && endpoint.quietHours === "hold" ? quietUntil : undefined;
    const summarised = held !== undefined && isSummarised(told.kind) && endpoint.kinds.includes("summary");
    // A mail sounds whatever it says: another assessment of what rang before is left to the digest.
    const repeats = endpoint.type === "email" && told.kind === "assessment" && before !== undefined && !rings;
    const droppedBecause = summarised ? toldInTheMorning : repeats ? toldBefore : undefined;
    const id = await Delivery.record(tx, {
      accountId: account.id,
      endpointId: endpoint.id,
      kind: told.kind,
      topic: `${told.kind}:${told.subject}:${told.version}`,
      thread: told.thread,
      level: told.level,
      language,
      message: messageOf(account.id, told, { rings, now, language }),
      notBefore: held ?? now,
      traceparent: currentTraceparent(),
      ...(droppedBecause === undefined ? {} : { droppedBecause }),
      at: now,
    });
    if (id !== undefined && droppedBecause === undefined) count += 1;
  }
  return count;
}

/** What `getOvernight` tells of: sessions and their digests. */
function isSummarised(kind: DeliveryKind): boolean {
  return kind === "digest" || kind === "addendum";
}

/** At most `limits.messageBytesMax` bytes, whatever a digest has to say: the whole of it is one request away. */
function messageOf(
  accountId: string,
  told: Told,
  { rings, now, language }: { rings: boolean; now: Date; language: Language },
): Omit<Message, "id"> {
  const { kind, subject, level, site, zones, seen, thread, links } = told;
  const { title, summary, recommendation } = told.say(language);
  const message = (sentences: number): Omit<Message, "id"> => ({
    specversion: "1.0",
    source: `/accounts/${accountId}`,
    type: `vigil.${kind}.v1`,
    time: now.toISOString(),
    subject,
    datacontenttype: "application/json",
    data: {
      level,
      title: title.slice(0, titleCharsMax),
      summary: summary.slice(0, sentences).map((sentence) => sentence.slice(0, sentenceCharsMax)),
      occurredAt: told.occurredAt.toISOString(),
      site,
      zones: zones.slice(0, zonesMax),
      seen: Object.fromEntries(Object.entries(seen).slice(0, labelsMax)),
      recommendation: recommendation?.slice(0, sentenceCharsMax) ?? null,
      thread,
      rings,
      links,
    },
  });
  // A character takes up to six bytes in JSON.
  const fits = (sentences: number) =>
    Buffer.byteLength(JSON.stringify(message(sentences))) <= limits.messageBytesMax - 100;
  let sentences = sentencesMax;
  while (sentences > 0 && !fits(sentences)) sentences -= 1;
  return message(sentences);
}
