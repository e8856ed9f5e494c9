/** npm's own settings on this machine: registry, proxy, certificates, credentials, cache. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import Config from "@npmcli/config";
import npm from "@npmcli/config/lib/definitions/index.js";

/** Settings in the form that pacote takes. */
export type RegistrySettings = Readonly<Record<string, unknown>>;

/** Reads `.npmrc` files and `npm_config_*` variables exactly as npm would; changes nothing. */
export async function readRegistrySettings(): Promise<RegistrySettings> {
  const config = new Config({
    npmPath: dirname(fileURLToPath(import.meta.url)),
    definitions: npm.definitions,
    shorthands: npm.shorthands,
    flatten: npm.flatten,
    argv: [],
    // A copy: the reader writes its findings back into the environment that it is given.
    env: { ...process.env },
  });
  await config.load();
  return config.flat;
}
