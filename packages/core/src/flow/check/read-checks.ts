/** What an account had checked: listed, counted, exported. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import * as Check from "../../check/index.ts";
import {
  type CheckDashboard,
  CheckKind,
  type CheckView,
  type Evaluation,
  type GeneratedStatus,
} from "../../check/wire.ts";
import { inAccount } from "../../db/index.ts";
import { check as limits } from "../../limits.ts";
import { type Page, pageOf, parseCursor } from "../../page.ts";
import * as Quota from "../../quota/index.ts";
import { tiers } from "../../tiers.ts";
import type { Services } from "../services.ts";
import type { Asker } from "./claim-checks.ts";
import type { CheckTools } from "./tools.ts";

type Listed = Check.Filter & { accountId: string; limit: number; cursor?: string | undefined };

/** The newest first. @throws `invalid-cursor` */
export async function listChecks(
  { database }: Services,
  { cursor, ...asked }: Listed,
): Promise<Page<CheckView>> {
  const before = parseCursor("check", cursor);
  const rows = await inAccount(database, asked.accountId, (tx) =>
    Check.list(tx, { ...asked, before, limit: asked.limit + 1 }),
  );
  return pageOf(rows, asked.limit);
}

/** @throws `not-found` */
export async function getCheck(
  { database }: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<CheckView> {
  return inAccount(database, accountId, (tx) => Check.get(tx, id));
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param days of UTC, the last of them today */
export async function getDashboard(
  { database, clock }: Services,
  { accountId, days }: { accountId: string; days: number },
): Promise<CheckDashboard> {
  const now = clock.now();
  const dates = Array.from({ length: days }, (_, ago) =>
    Check.dateOf(new Date(now.getTime() - (days - 1 - ago) * dayMs)),
  );
  const [from = "", to = ""] = [dates[0], dates.at(-1)];
  return inAccount(database, accountId, async (tx) => {
    const account = await Account.get(tx, accountId);
    const day = Quota.quotaDay({ timeZone: account.timeZone, stretched: account.quotaStretched }, now);
    const { spentToday: used } = await Check.readSpent(tx, { day, now, wanted: 0 });
    const { checkPoints: points } = tiers[account.tier];
    const rows = await Check.listDays(tx, { accountId, from, to });
    const left = Math.max(0, points - used);
    return {
      from,
      to,
      allowance: { points, used, left, resetsAt: day.end.toISOString() },
      checks: sumOf(rows, ({ checks }) => checks),
      points: sumOf(rows, (row) => row.points),
      byKind: CheckKind.options.map((kind) => ({
        kind,
        checks: sumOf(rows, (row) => (row.kind === kind ? row.checks : 0)),
      })),
      byStatus: statuses.map((status) => ({
        status,
        checks: sumOf(rows, (row) => (row.status === status ? row.checks : 0)),
      })),
      days: daysOf(dates, rows),
    };
  });
}

const statuses: readonly GeneratedStatus[] = ["declared", "likely", "none-found", "cannot-tell"];

function sumOf<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + count(row), 0);
}

function daysOf(dates: readonly string[], rows: readonly { date: string; checks: number; points: number }[]) {
  const days = new Map(dates.map((date) => [date, { date, checks: 0, points: 0 }]));
  for (const { date, checks, points } of rows) {
    const day = days.get(date);
    if (day) {
      day.checks += checks;
      day.points += points;
    }
  }
  return [...days.values()];
}

/** The newest checks, as many as are exported at once; that it was done is in the audit trail. */
export async function exportChecks(
  { database, clock }: Services,
  asker: Asker,
  filter: Check.Filter,
): Promise<CheckView[]> {
  const { accountId } = asker;
  return inAccount(database, accountId, async (tx) => {
    const checks = await Check.list(tx, { ...filter, accountId, limit: limits.exportedMax });
    const detail = { checks: checks.length, ...filter };
    await Audit.record(tx, {
      ...asker,
      action: "checks.exported",
      subject: accountId,
      detail,
      at: clock.now(),
    });
    return checks;
  });
}

/** How the answers were measured, and what of it this installation has. */
export function getEvaluation({ textHead }: Pick<CheckTools, "textHead">): Evaluation {
  return Check.evaluationOf(textHead);
}
