/** The PostgreSQL of one run of the tests: in a temporary folder, fast rather than durable, and gone afterwards. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { clearStale, startPostgres } from "./local/postgres.ts";
import { identify, isAlive } from "./local/process-identity.ts";
import { readJson } from "./stack/keep-json.ts";

export type TestServer = AsyncDisposable & { url: string };

const prefix = "vigil-test-";
const Owner = z.object({ pid: z.int(), startedAt: z.string() });
const pathsIn = (folder: string) => ({ data: join(folder, "postgres"), owner: join(folder, "owner.json") });

/** Ends the servers of runs that were killed, and removes their folders. */
async function removeLeftServers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const { data, owner } = pathsIn(folder);
    const runner = await readJson(owner, Owner);
    if (!runner || isAlive(runner)) continue;
    // What belongs to another user is theirs to remove.
    await clearStale(data).catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

export async function startTestServer(): Promise<TestServer> {
  await removeLeftServers();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const { data, owner } = pathsIn(folder);
  await writeFile(owner, JSON.stringify(identify(process.pid)));
  const server = await startPostgres({
    dataDir: data,
    logFile: join(folder, "postgres.log"),
    password: randomBytes(16).toString("hex"),
    volatile: true,
  });
  return {
    url: server.url("postgres"),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
