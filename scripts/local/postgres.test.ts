import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openSql, raw } from "@vigil/core/db";
import { type Postgres, startPostgres } from "./postgres.ts";

describe("startPostgres", () => {
  let folder: string;
  let postgres: Postgres | undefined;
  const start = () =>
    startPostgres({
      dataDir: join(folder, "data"),
      logFile: join(folder, "postgres.log"),
      password: "a secret/with:signs@",
      volatile: true,
    });
  const query = async (text: string): Promise<unknown[]> => {
    assert.ok(postgres, "the server runs");
    const sql = openSql(postgres.url("kept"), { connectionsMax: 1 });
    try {
      return [...(await sql`${raw(text)}`)];
    } finally {
      await sql.end();
    }
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-postgres-test-"));
  });
  after(async () => {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps its data between runs", async () => {
    postgres = await start();
    await postgres.createDatabase("kept");
    await query("create table fact (n int)");
    await query("insert into fact values (7)");
    await postgres.stop();
    postgres = await start();
    await postgres.createDatabase("kept");
    assert.deepEqual(await query("select n from fact"), [{ n: 7 }]);
  });

  it("runs as an ordinary user also when started by root", async () => {
    assert.ok(postgres);
    const uid = Number(execFileSync("ps", ["-o", "uid=", "-p", String(postgres.pid)], { encoding: "utf8" }));
    assert.notEqual(uid, 0);
  });

  it("takes the place of a server that a killed stack left running", async () => {
    assert.ok(postgres);
    const orphan = postgres;
    postgres = await start();
    await orphan.ended;
    assert.notEqual(postgres.pid, orphan.pid);
    assert.deepEqual(await query("select n from fact"), [{ n: 7 }]);
  });

  it("starts although a killed server left its pid file, even when the id now belongs to another process", async () => {
    assert.ok(postgres);
    const pidFile = join(folder, "data", "postmaster.pid");
    const left = await readFile(pidFile, "utf8");
    process.kill(postgres.pid, "SIGKILL");
    await postgres.ended;
    await writeFile(pidFile, left.replace(/^\d+/, String(process.pid)));
    postgres = await start();
    assert.deepEqual(await query("select n from fact"), [{ n: 7 }]);
  });

  it("refuses another password than the one it was made with", async () => {
    assert.ok(postgres);
    const sql = openSql(postgres.url("kept").replace("secret", "guess"), { connectionsMax: 1 });
    await assert.rejects(sql`select 1`, /password authentication failed/);
    await sql.end();
  });
});
