/**
 * `npm run restore:rehearse`: a backup is taken from a database that events go on arriving in, and restored beside it. What was
 * acknowledged before the backup began must be in it, the ledger must balance, the evidence log must go on from what was
 * signed, and Vigil must work on it.
 *
 * The backup is PostgreSQL's own way of one (https://www.postgresql.org/docs/18/continuous-archiving.html, "Making a Base Backup
 * Using the Low Level API"), which needs no program but the server: managed databases take theirs the same way.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, cp, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, migrate, openSql } from "@vigil/core/db";
import { appendToLog, getLedgerOfAll, sweep } from "@vigil/core/flow";
import { seed } from "@vigil/core/seed";
import type { TestDatabase } from "../../packages/core/testing/database.ts";
import { image } from "../../packages/core/testing/images.ts";
import { createTestServices } from "../../packages/core/testing/services.ts";
import { type Arranged, arrange } from "../../packages/core/testing/walk.ts";
import { type Postgres, startPostgres } from "../../scripts/local/postgres.ts";

const eventsBefore = 60;
const password = "owner-of-the-rehearsal";
const appPassword = "app-of-the-rehearsal";
const signInPassword = "sign-in-of-the-rehearsal";
const say = (text: string) => process.stdout.write(`${text}\n`);

const folder = await mkdtemp(join(tmpdir(), "vigil-restore-"));
// The server runs as another user where this one is root.
await chmod(folder, 0o755);
const serverAt = (name: string): Promise<Postgres> =>
  startPostgres({ dataDir: join(folder, name), password, logFile: join(folder, `${name}.log`) });

type Opened = Pick<TestDatabase, "database" | "owner" | "ownerUrl" | "appUrl" | "signInUrl"> & {
  end: () => Promise<void>;
};

function open(postgres: Postgres): Opened {
  const ownerUrl = postgres.url("vigil");
  const as = (user: string, word: string) => {
    const url = new URL(ownerUrl);
    url.username = user;
    url.password = word;
    return url.href;
  };
  const appUrl = as("vigil_app", appPassword);
  const owner = openSql(ownerUrl, { connectionsMax: 1 });
  const database = connect(appUrl, { connectionsMax: 4 });
  return {
    database,
    owner,
    ownerUrl,
    appUrl,
    signInUrl: as("vigil_sign_in", signInPassword),
    end: async () => {
      await Promise.all([database.close(), owner.end()]);
    },
  };
}

/** An event with a picture, and what follows it. @returns the event's id */
async function report(walk: Arranged): Promise<string> {
  const { id } = await walk.post(walk.event({ type: "person", zone: "front_door", confidence: 0.9 }), [
    await image(`${randomUUID()}.jpg`, Math.floor(Math.random() * 250)),
  ]);
  return id;
}

/** All of the server's files while it works on them; what it has to redo is in its log, which is copied last. */
async function backUp(opened: Opened, from: string, to: string): Promise<void> {
  // Both calls belong to one connection, and the owner has one alone.
  await opened.owner`select pg_backup_start('rehearsal', fast => true)`;
  const copy = async (name: string) => {
    try {
      await cp(join(from, name), join(to, name), { recursive: true });
    } catch (error) {
      // Files of tables that were just dropped, and temporary ones.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  };
  const left = new Set(["postmaster.pid", "postmaster.opts", "pg_wal"]);
  await Promise.all((await readdir(from)).filter((name) => !left.has(name)).map(copy));
  const [label] = await opened.owner<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
  assert.ok(label);
  await copy("pg_wal");
  await writeFile(join(to, "backup_label"), label.labelfile);
  const { uid, gid } = await stat(from);
  await chmod(to, 0o700);
  execFileSync("chown", ["-R", `${uid}:${gid}`, to]);
}

async function balanced(services: Arranged["services"], when: string): Promise<void> {
  const ledger = await getLedgerOfAll(services);
  assert.ok(ledger.balanced, `the ledger does not balance ${when}: ${JSON.stringify(ledger)}`);
  const events = ledger.lines.find(({ noun }) => noun === "events");
  say(`the ledger balances ${when}: ${JSON.stringify(events)}`);
}

async function rehearse(): Promise<void> {
  const live = await serverAt("live");
  await live.createDatabase("vigil");
  await migrate({ ownerUrl: live.url("vigil"), appPassword, signInPassword });
  const seeded = await seed({ ownerUrl: live.url("vigil") });
  const before = open(live);
  const walk = arrange({ ...before, seeded, close: before.end }, "pro");
  const acknowledged: string[] = [];
  for (let count = 0; count < eventsBefore; count += 1) acknowledged.push(await report(walk));
  walk.services.clock.advance(120_000);
  await sweep(walk.services);
  await appendToLog(walk.services);
  await balanced(walk.services, "before the backup");

  let during = 0;
  const backedUp = new AbortController();
  const writing = (async () => {
    for (; !backedUp.signal.aborted; during += 1) await report(walk);
  })();
  const startMs = performance.now();
  await backUp(before, join(folder, "live"), join(folder, "restored"));
  backedUp.abort();
  await writing;
  say(`backed up in ${Math.round(performance.now() - startMs)} ms, while ${during} events arrived`);
  await before.end();
  await live.stop();

  const restored = await serverAt("restored");
  try {
    const after = open(restored);
    const services = { ...createTestServices(after, walk.services.clock) };
    const again = arrange({ ...after, seeded, close: after.end }, "pro", {
      ...services,
      blobs: walk.services.blobs,
      jobSigningKey: walk.services.jobSigningKey,
    });
    const rows = await after.owner<{ id: string }[]>`select id from event`;
    const there = new Set(rows.map(({ id }) => id));
    assert.deepEqual(
      acknowledged.filter((id) => !there.has(id)),
      [],
      "what was acknowledged before the backup began is in it",
    );
    say(
      `${rows.length} events are there, all of the ${acknowledged.length} from before the backup among them`,
    );
    await balanced(again.services, "after the restore");
    await report(again);
    again.services.clock.advance(120_000);
    await sweep(again.services);
    // Refuses to go on where the log is not what was signed last.
    assert.ok((await appendToLog(again.services)) > 0);
    await balanced(again.services, "once Vigil has gone on");
    await after.end();
  } finally {
    await restored.stop();
  }
}

try {
  await rehearse();
} finally {
  await rm(folder, { recursive: true, force: true });
}
