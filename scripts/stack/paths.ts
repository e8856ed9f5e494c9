/** Where the local stack keeps its things: all of it in `.vigil/` of the checkout. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../commands.ts";

const base = join(root, ".vigil");

export const paths = {
  base,
  /** Fetched models and photographs: they come from a registry, so they survive `--fresh`. */
  cache: join(base, "cache"),
  postgres: join(base, "postgres"),
  objects: join(base, "objects"),
  queues: join(base, "queues"),
  /** The simulated site: its gateway's configuration, store and key. */
  site: join(base, "site"),
  /** E-mails that the stack has sent, each a file. */
  mail: join(base, "mail"),
  logs: join(base, "logs"),
  /** Passwords and storage keys, random per checkout. */
  secrets: join(base, "secrets.json"),
  /** The keys of the sample accounts, and of which database they are. */
  seeded: join(base, "seeded.json"),
  /** Addresses and keys of the running stack, for people and programs. */
  local: join(base, "local.json"),
  lock: join(base, "stack.lock"),
  /** Who runs, for whoever has to end what a killed stack left. */
  processes: join(base, "processes.json"),
  consoleStamp: join(base, "console.stamp"),
  ready: (name: string) => join(base, `${name}.ready.json`),
} as const;

/** Throws the local data away. The lock stays: it belongs to the process that calls this. */
export async function throwAway(): Promise<void> {
  const data = [paths.postgres, paths.objects, paths.queues, paths.mail, paths.site, paths.logs];
  const files = [paths.secrets, paths.seeded, paths.local];
  for (const path of [...data, ...files]) await rm(path, { recursive: true, force: true });
}
