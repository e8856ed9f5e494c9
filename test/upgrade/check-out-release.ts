/** The release before as a program that runs: its sources from git, with the packages of today beside them. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/commands.ts";

const run = promisify(execFile);
const bytesMax = 256 * 1024 * 1024;
const journal = "migrations/meta/_journal.json";
/** Whose packages differ from the root's. */
const workspaces = [
  "packages/core",
  "packages/client",
  "packages/cli",
  "packages/verify",
  "functions",
  "gpu-worker",
  "edge-gateway",
];

async function git(...args: string[]): Promise<string> {
  return (await run("git", args, { cwd: root, maxBuffer: bytesMax })).stdout;
}

async function show(commit: string, path: string): Promise<string | undefined> {
  return git("show", `${commit}:${path}`).catch(() => undefined);
}

/**
 * The newest commit whose last migration is that one, and whose migrations are still those of today.
 * @returns undefined where the history does not reach so far, as in a shallow checkout
 */
export async function findRelease(releasedThrough: string): Promise<string | undefined> {
  const commits = (await git("log", "--format=%H", "--", journal)).split("\n").filter((line) => line !== "");
  const migration = `migrations/${releasedThrough}.sql`;
  const today = await readFile(join(root, migration), "utf8");
  for (const commit of commits) {
    const { entries } = JSON.parse((await show(commit, journal)) ?? '{"entries":[]}') as {
      entries: { tag: string }[];
    };
    if (entries.at(-1)?.tag === releasedThrough && (await show(commit, migration)) === today) return commit;
  }
  return undefined;
}

/** Unpacks the commit's sources into the folder, so that its programs run from there. */
export async function checkOut(commit: string, folder: string): Promise<void> {
  const archive = join(folder, "..", `${commit}.tar`);
  await mkdir(folder, { recursive: true });
  await git("archive", "--format=tar", `--output=${archive}`, commit);
  await run("tar", ["-xf", archive, "-C", folder]);
  await linkPackages(join(root, "node_modules"), join(folder, "node_modules"));
  for (const workspace of workspaces) {
    const packages = join(root, workspace, "node_modules");
    const names = await readdir(packages).catch(() => undefined);
    if (names) await symlink(packages, join(folder, workspace, "node_modules")).catch(() => undefined);
  }
  await writeFile(join(folder, "COMMIT"), commit);
}

/** Each by a link of its own, but for Vigil's, which are those of the release. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(join(to, "@vigil"), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== "@vigil" && !name.startsWith(".")) await symlink(join(from, name), join(to, name));
  }
  for (const workspace of workspaces) {
    const name = workspace.split("/").at(-1) ?? "";
    await symlink(join(to, "..", workspace), join(to, "@vigil", name));
  }
}
