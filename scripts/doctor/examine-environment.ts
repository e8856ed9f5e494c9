/** The environment by itself: what is missing or malformed, and what can be right by itself and wrong beside the rest. */
import { createECDH } from "node:crypto";
import { publicKeyOf } from "@vigil/core/review/job-signature";
import { type Config, parseConfig } from "../../functions/src/config.ts";
import type { Fault } from "./fault.ts";

export type Environment = Record<string, string | undefined>;

/** @returns the configuration when the functions would start with it, and what is wrong */
export function readEnvironment(env: Environment): { config: Config | undefined; faults: Fault[] } {
  try {
    const config = parseConfig(env);
    return { config, faults: examineConfig(config, env) };
  } catch (error) {
    const [, ...lines] = (error instanceof Error ? error.message : String(error)).split("\n");
    const faults = lines.map((line) => fault(line.trim(), "set it as docs/deploy.md says, and ask again"));
    return { config: undefined, faults };
  }
}

function fault(what: string, next: string): Fault {
  return { area: "environment", what, next };
}

function examineConfig(config: Config, env: Environment): Fault[] {
  const faults: Fault[] = [];
  const { hostname, protocol } = new URL(config.CONSOLE_ORIGIN);
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !isLocal) {
    faults.push(
      fault(
        `CONSOLE_ORIGIN is ${config.CONSOLE_ORIGIN}: browsers keep a sign-in for https alone`,
        "serve the console over https and name it so",
      ),
    );
  }
  if (config.LOCAL_RECEIVERS && !isLocal) {
    faults.push(
      fault(
        "LOCAL_RECEIVERS is on: webhooks may reach private addresses of your network",
        "take it away; it is for a machine of one's own",
      ),
    );
  }
  if (config.SIGN_IN_SECRET === config.DELIVERY_SECRET) {
    faults.push(
      fault(
        "SIGN_IN_SECRET and DELIVERY_SECRET are the same",
        "give each its own: openssl rand -hex 32. A new DELIVERY_SECRET makes every endpoint unreadable",
      ),
    );
  }
  if (config.SCRAPER_KEY === undefined && !isLocal) {
    faults.push(fault("SCRAPER_KEY is not set: the function does not start", "set it: openssl rand -hex 24"));
  }
  return [...faults, ...examineKeys(config, env)];
}

function examineKeys(config: Config, env: Environment): Fault[] {
  const faults: Fault[] = [];
  const known = env.JOB_PUBLIC_KEYS?.split(",").map((key) => key.trim());
  if (known && !known.includes(publicKeyOf(config.JOB_SIGNING_KEY))) {
    faults.push(
      fault(
        "JOB_PUBLIC_KEYS has not the public half of JOB_SIGNING_KEY: workers refuse every job",
        `give the workers this one too: ${publicKeyOf(config.JOB_SIGNING_KEY)}`,
      ),
    );
  }
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = config;
  if (publicKey !== undefined && privateKey !== undefined && !isPair(publicKey, privateKey)) {
    faults.push(
      fault(
        "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are no pair: push services refuse every notification",
        "make both anew: npx web-push generate-vapid-keys. Browsers must then be added again",
      ),
    );
  }
  return faults;
}

function isPair(publicKey: string, privateKey: string): boolean {
  const pair = createECDH("prime256v1");
  try {
    pair.setPrivateKey(Buffer.from(privateKey, "base64url"));
  } catch {
    return false;
  }
  return pair.getPublicKey().equals(Buffer.from(publicKey, "base64url"));
}
