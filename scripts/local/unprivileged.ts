/**
 * PostgreSQL refuses to run as root. A root user's processes are started as another user instead, without creating one.
 */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** How to start a program so that it does not run as root. */
export type Launch = {
  /** What to put before its command line. */
  prefix: readonly string[];
  /** Options of `spawn`. */
  spawnAs: { uid?: number; gid?: number };
  /** Who must own what the program writes; undefined when it is the present user. */
  owner: { uid: number; gid: number } | undefined;
};

const candidates = ["postgres", "nobody"];

function idOf(flag: "-u" | "-g", user: string): number | undefined {
  try {
    return Number(
      execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return undefined;
  }
}

/** The nearest folder on the way to `path` that the user may not enter. */
function closedFolder(path: string, uid: number, gid: number): string | undefined {
  const folders: string[] = [];
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) folders.unshift(at);
  return folders.find((folder) => {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return false;
    if (stat.uid === uid) return (stat.mode & 0o100) === 0;
    if (stat.gid === gid) return (stat.mode & 0o010) === 0;
    return (stat.mode & 0o001) === 0;
  });
}

/**
 * An ordinary user launches as itself. Root launches as `postgres` or `nobody`; where a folder on the way is closed to
 * that user (a checkout in /root), setpriv(1) lends it the right to pass.
 */
export function launchFor(paths: readonly string[]): Launch {
  if (process.getuid?.() !== 0) return { prefix: [], spawnAs: {}, owner: undefined };
  const user = candidates.find((name) => idOf("-u", name) !== undefined);
  const uid = user && idOf("-u", user);
  const gid = user && idOf("-g", user);
  if (!uid || !gid) {
    throw new Error(
      `PostgreSQL does not run as root, and this machine has no user ${candidates.join(" or ")}. Run as an ordinary user.`,
    );
  }
  const closed = paths.map((path) => closedFolder(path, uid, gid)).find(Boolean);
  if (!closed) return { prefix: [], spawnAs: { uid, gid }, owner: { uid, gid } };
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));
  if (!setpriv) {
    throw new Error(
      `PostgreSQL does not run as root, and ${closed} is closed to the user ${user}. ` +
        "Move the checkout to a folder that others may enter, or run as an ordinary user.",
    );
  }
  const passage = "+dac_override";
  return {
    prefix: [
      setpriv,
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      `--inh-caps=${passage}`,
      `--ambient-caps=${passage}`,
      "--",
    ],
    spawnAs: {},
    owner: { uid, gid },
  };
}
