/** The sketches of an account's pictures: kept, read to compare with, and forgotten. */
import { and, asc, between, desc, eq, gte, inArray, isNotNull, lte } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { moment } from "../evidence/evidence.sql.ts";
import { replay as limits } from "../limits.ts";
import type { Known, Past } from "./find-repeat.ts";
import { momentSketch } from "./sketch.sql.ts";
import type { Sketch } from "./sketch.ts";
import type { Unrepeatable } from "./wire.ts";

export type KeptSketch = typeof momentSketch.$inferSelect;

const forgottenMax = 5_000;

/** Those of the moments that have been compared before: a verdict is never given twice. */
export async function listCompared(tx: Tx, momentIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ momentId: momentSketch.momentId })
    .from(momentSketch)
    .where(inArray(momentSketch.momentId, [...momentIds]));
  return new Set(rows.map(({ momentId }) => momentId));
}

type Span = { deviceId: string; from: Date; until: Date };

/** A camera's sketches of a span of time, the first of them. */
export async function listAround(tx: Tx, { deviceId, from, until }: Span): Promise<Sketch[]> {
  const rows = await tx
    .select({ cells: momentSketch.cells })
    .from(momentSketch)
    .where(
      and(
        eq(momentSketch.deviceId, deviceId),
        between(momentSketch.capturedAt, from, until),
        isNotNull(momentSketch.cells),
      ),
    )
    .orderBy(asc(momentSketch.capturedAt))
    .limit(limits.backdropPicturesMax);
  return rows.flatMap(({ cells }) => cells ?? []);
}

/** What a camera's pictures until then are compared with: the latest of the days before. */
export async function readKnown(
  tx: Tx,
  { deviceId, until }: { deviceId: string; until: Date },
): Promise<Known> {
  const from = new Date(until.getTime() - limits.agoMsMax);
  const rows = await tx
    .select({
      momentId: momentSketch.momentId,
      capturedAt: momentSketch.capturedAt,
      backdropId: momentSketch.backdropIn,
      motion: momentSketch.motion,
    })
    .from(momentSketch)
    .where(
      and(
        eq(momentSketch.deviceId, deviceId),
        gte(momentSketch.capturedAt, from),
        lte(momentSketch.capturedAt, until),
        isNotNull(momentSketch.motion),
      ),
    )
    .orderBy(desc(momentSketch.capturedAt))
    .limit(limits.pastMax);
  const past = rows.flatMap(({ motion, backdropId, ...one }): Past[] =>
    motion && backdropId !== null ? [{ ...one, backdropId, motion }] : [],
  );
  return { past, backdrops: await readBackdrops(tx, new Set(past.map(({ backdropId }) => backdropId))) };
}

async function readBackdrops(tx: Tx, ids: ReadonlySet<string>): Promise<Map<string, Sketch>> {
  if (ids.size === 0) return new Map();
  const rows = await tx
    .select({ id: momentSketch.momentId, backdrop: momentSketch.backdrop })
    .from(momentSketch)
    .where(inArray(momentSketch.momentId, [...ids].slice(0, limits.backdropsMax)));
  return new Map(rows.flatMap(({ id, backdrop }) => (backdrop ? [[id, backdrop] as const] : [])));
}

export async function recordSketches(tx: Tx, rows: readonly KeptSketch[]): Promise<void> {
  if (rows.length > 0) await tx.insert(momentSketch).values([...rows]);
}

export type KeptVerdict = {
  status: KeptSketch["status"];
  why: Unrepeatable | null;
  earlier: { id: string; eventId: string; capturedAt: Date } | null;
};

/** By moment, of those that were compared. */
export async function findVerdicts(tx: Tx, momentIds: readonly string[]): Promise<Map<string, KeptVerdict>> {
  if (momentIds.length === 0) return new Map();
  const { id, eventId, capturedAt } = moment;
  const rows = await tx
    .select({
      momentId: momentSketch.momentId,
      status: momentSketch.status,
      why: momentSketch.why,
      earlier: { id, eventId, capturedAt },
    })
    .from(momentSketch)
    .leftJoin(moment, eq(moment.id, momentSketch.repeatOf))
    .where(inArray(momentSketch.momentId, [...momentIds]));
  return new Map(rows.map(({ momentId, ...verdict }) => [momentId, verdict]));
}

/** What shows anything of pictures that nothing is compared with any longer, of all accounts. @returns of how many */
export async function forgetSketches(sql: Queryable, now: Date): Promise<number> {
  const before = new Date(now.getTime() - limits.agoMsMax);
  const [row] = await sql<
    { sketches: number }[]
  >`select forget_sketches(${before}, ${forgottenMax})::int as sketches`;
  return row?.sketches ?? 0;
}
