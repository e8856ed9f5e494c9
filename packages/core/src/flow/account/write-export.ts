/**
 * Exports are written in the background: archive after archive, by whoever has the turn. An archive is noted once it lies in the
 * store; whoever comes after a crash writes the next one from there on.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Export from "../../export/index.ts";
import { erasing, exporting as limits } from "../../limits.ts";
import * as Manifest from "../../manifest/index.ts";
import type { Services } from "../services.ts";
import { deleteUnder } from "./objects.ts";
import { type Written, writeVolume } from "./write-volume.ts";

/** Safe to run at any time, twice at once, and after any crash. @returns how many archives were written, and how many could not be */
export async function writeExports(services: Services): Promise<{ written: number; failed: number }> {
  await deleteExpired(services);
  const startMs = performance.now();
  const leftMs = () => limits.turnMsMax - (performance.now() - startMs);
  let [written, failed] = [0, 0];
  while (leftMs() > limits.turnMsMax / 2) {
    const now = services.clock.now();
    const turn = await Export.lease(services.database.sql, { now, until: leaseFrom(now) });
    if (!turn) break;
    try {
      written += await writeOne(services, turn, leftMs);
    } catch (error) {
      services.log.error({ err: error, exportId: turn.id }, "an archive of an export could not be written");
      failed += 1;
      await noteFailure(services, turn);
    }
  }
  return { written, failed };
}

type Turn = { accountId: string; id: string; turns: number };

const leaseFrom = (now: Date) => new Date(now.getTime() + limits.leaseMs);

/** Writes one archive. @returns 1, or 0 when somebody else has the turn by now */
async function writeOne(services: Services, turn: Turn, leftMs: () => number): Promise<number> {
  const { accountId } = turn;
  const found = await inAccount(services.database, accountId, (tx) => Export.get(tx, turn.id));
  const folder = await mkdtemp(join(tmpdir(), "vigil-export-"));
  try {
    const file = join(folder, "volume.zip");
    const no = found.volumes.length + 1;
    const written = await writeVolume(services, {
      file,
      no,
      exported: found,
      signer: await Manifest.signerOf(services.jobSigningKey),
      isOver: () => leftMs() < limits.turnMsMax / 4,
      // Whoever has lost the turn does not go on.
      note: (progress) =>
        inAccount(services.database, accountId, (tx) =>
          Export.note(tx, turn, { progress, leasedUntil: leaseFrom(services.clock.now()) }),
        ),
    });
    if (!written) return 0;
    const { bytes, sha256, files } = written.archive;
    const key = `${Export.prefixOf(found)}${no}.zip`;
    await services.blobs.putFile({ key, path: file, bytes, contentType: "application/zip", sha256 });
    const volumes = [...found.volumes, { key, bytes, sha256, files }];
    return (await conclude(services, { turn, written, volumes })) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function conclude(
  services: Services,
  { turn, written, volumes }: { turn: Turn; written: Written; volumes: Export.Volume[] },
): Promise<boolean> {
  const { place, counts } = written;
  const at = services.clock.now();
  return inAccount(services.database, turn.accountId, async (tx) => {
    if (place !== null) {
      return Export.note(tx, turn, { place, counts, volumes, leasedUntil: null, failures: 0 });
    }
    if (!(await Export.note(tx, turn, { counts, progress: counts, volumes }))) return false;
    const expiresAt = new Date(at.getTime() + limits.keptMs);
    await Export.end(tx, turn, { state: "ready", readyAt: at, expiresAt });
    const { accountId, id: subject } = turn;
    const detail = { volumes: volumes.length, sha256: volumes.map(({ sha256 }) => sha256) };
    await Audit.record(tx, {
      accountId,
      actor: "system",
      action: "account.export-written",
      subject,
      detail,
      at,
    });
    return true;
  });
}

/** The next turn begins where the last archive ended; what comes to nothing too often is given up. */
async function noteFailure(services: Services, turn: Turn): Promise<void> {
  await inAccount(services.database, turn.accountId, async (tx) => {
    const { failures, counts } = await Export.get(tx, turn.id);
    if (failures + 1 >= limits.failuresMax) return Export.end(tx, turn, { state: "failed" });
    // Its lease stays: the next try has to wait for it.
    return Export.note(tx, turn, { failures: failures + 1, progress: counts });
  });
}

async function deleteExpired(services: Services): Promise<void> {
  for (const { accountId, id } of await Export.listExpired(services.database.sql, services.clock.now())) {
    const bounds = { countMax: erasing.objectsAtOnceMax, togetherMax: erasing.objectsTogetherMax };
    await deleteUnder(services, Export.prefixOf({ accountId, id }), bounds, async () => true);
    await inAccount(services.database, accountId, (tx) => Export.expire(tx, id));
  }
}
