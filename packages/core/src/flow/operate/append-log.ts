/** What is owed to the evidence log is appended to it, and the log is signed: each minute, and by one at a time. */
import { appendToTiles } from "@vigil/verify/tiles";
import * as Custody from "../../custody/index.ts";
import type { Queryable } from "../../db/index.ts";
import { custody as limits } from "../../limits.ts";
import type { Services } from "../services.ts";
import { signState } from "../sign-log.ts";

/**
 * Safe to run at any time, twice at once, and after any crash: leaves, tiles and signature are written in one transaction.
 * @returns how many leaves were appended
 * @throws Error when the log is not what was signed last: nothing is appended, and nothing is signed, until that is mended
 */
export async function appendToLog(services: Services): Promise<number> {
  let appended = 0;
  for (let round = 0; round < limits.roundsMax; round += 1) {
    const some = await services.database.sql.begin((sql) => appendSome(services, sql));
    appended += some;
    if (some < limits.appendedAtOnceMax) break;
  }
  return appended;
}

async function appendSome(services: Services, sql: Queryable): Promise<number> {
  if (!(await Custody.lockLog(sql))) return 0;
  const owed = await Custody.listOwed(sql, limits.appendedAtOnceMax);
  if (owed.length === 0) return 0;
  const before = (await Custody.findNewest(sql)) ?? (await Custody.emptyState());
  const { size, root, tiles } = await appendToTiles(
    before,
    Buffer.concat(owed.map(({ hash }) => hash)),
    (names) => Custody.readTiles(sql, names),
  );
  const state = await signState(services, { size, root });
  await Custody.append(sql, {
    before: before.size,
    ids: owed.map(({ id }) => id),
    tiles,
    state,
  });
  return owed.length;
}
