/**
 * The simulated site: a gateway with a device of its own in an account that has deep reviews, and a sensor that sees
 * something overheat. The gateway is the real one, and knows nothing of being at a desk.
 */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DeviceWithKey } from "@vigil/core/device/wire";
import * as z from "zod";
import { AlarmRecord } from "../../edge-gateway/src/alarm/alarm-record.ts";
import { simulateDevice } from "../../edge-gateway/src/simulate/device.ts";
import type { Scenario } from "../../edge-gateway/src/simulate/scenario.ts";
import { call } from "./api-client.ts";
import { startChild } from "./child.ts";
import { readJson, writeSecretJson } from "./keep-json.ts";
import type { Account, LocalFile } from "./local-file.ts";
import { paths } from "./paths.ts";
import type { Surroundings } from "./processes.ts";

const Ready = z.object({
  sensors: z.object({ host: z.string(), port: z.int() }),
  webUrl: z.string(),
  metricsUrl: z.string(),
});
type GatewayReady = z.infer<typeof Ready>;

const KeptDevice = z.object({ accountId: z.string(), key: z.string() });
const Devices = z.object({ items: z.array(z.object({ siteId: z.string() })) });

const gatewayMsMax = 60_000;
const graceMs = 6_000;
/** Calm for some seconds, then hot and smoky long enough to be seen by everybody; then it is put out. */
const overheatMs = 45_000;
const frameEveryMs = 500;
const lookEveryMs = 500;
const reconnectMs = 2_000;

export type Site = {
  webUrl: string;
  /** The sensor: once `begins` resolves, what it sees overheats; before and after it is calm. Resolves when the signal fires. */
  sense(begins: Promise<unknown>, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
};

/** The key of the site's own device: kept, because the gateway's events belong to it. */
async function deviceKey(local: LocalFile, account: Account): Promise<string> {
  const kept = await readJson(join(paths.site, "device.json"), KeptDevice);
  if (kept?.accountId === account.accountId && (await isValid(local, kept.key))) return kept.key;
  const { items } = await call(`${local.apiUrl}/v1/devices`, account.memberToken, Devices);
  const [first] = items;
  if (!first) throw new Error(`expected the account ${account.name} to have a device, got none`);
  const { key } = await call(`${local.apiUrl}/v1/devices`, account.memberToken, DeviceWithKey, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify({ name: "Back-room gateway", siteId: first.siteId }),
  });
  await writeSecretJson(join(paths.site, "device.json"), { accountId: account.accountId, key });
  return key;
}

/** Another database does not know the key. */
async function isValid({ apiUrl }: LocalFile, key: string): Promise<boolean> {
  const nobody = `${apiUrl}/v1/events/evt_${"0".repeat(32)}/seal`;
  const answer = await fetch(nobody, { method: "POST", headers: { authorization: `Bearer ${key}` } });
  await answer.body?.cancel();
  return answer.status === 404;
}

/** Starts the gateway. Throws when the gateway does not come up. */
export async function startSite({ local, notes }: Pick<Surroundings, "local" | "notes">): Promise<Site> {
  const account = local.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account of the tier pro in local.json, got none");
  await mkdir(paths.site, { recursive: true });
  const key = await deviceKey(local, account);
  const config = join(paths.site, "gateway.yaml");
  // YAML is read where JSON is written.
  await writeSecretJson(config, {
    site: "back-room",
    timeZone: "Europe/London",
    api: { url: local.apiUrl, key },
    store: { directory: join(paths.site, "store"), ballastMiB: 1 },
    sensing: { host: "127.0.0.1", port: 0 },
    web: { port: 0 },
    metrics: { port: 0, fallbackPort: 0 },
  });
  const readyFile = paths.ready("gateway");
  const gateway = await startChild({
    name: "gateway",
    args: ["edge-gateway/src/main.ts", "run", "--config", config, "--ready", readyFile],
    environment: {},
    logFile: join(paths.logs, "gateway.log"),
    readyFile,
    ready: Ready,
    readyMsMax: gatewayMsMax,
    onSpawn: (pid) => notes.note("gateway", pid),
  });
  local.gatewayUrl = gateway.ready.webUrl;
  return {
    webUrl: gateway.ready.webUrl,
    sense: (begins, signal) => sense(gateway.ready, begins, signal),
    stop: () => gateway.stop(graceMs),
  };
}

async function sense(
  { sensors }: GatewayReady,
  begins: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const device = (scenario: Scenario, until: AbortSignal) =>
    simulateDevice({
      ...sensors,
      serial: "SIM-1",
      place: "server room",
      scenario,
      everyMs: frameEveryMs,
      random: Math.random,
      signal: until,
    }).catch(() => undefined);
  const calm = new AbortController();
  begins.then(
    () => calm.abort(),
    () => calm.abort(),
  );
  await device("calm", AbortSignal.any([signal, calm.signal]));
  await device("overheat", AbortSignal.any([signal, AbortSignal.timeout(overheatMs)]));
  while (!signal.aborted) {
    await device("calm", signal);
    // A gateway that died is told of elsewhere.
    await pause(reconnectMs, undefined, { signal }).catch(() => undefined);
  }
}

const Alarms = z.object({ alarms: z.array(AlarmRecord) });

/** Alarms of the gateway as they change, until the signal fires; those of an earlier run are passed over. */
export async function* watchAlarms(webUrl: string, signal: AbortSignal): AsyncGenerator<AlarmRecord> {
  const seen = new Map<string, string>();
  const since = Date.now();
  while (!signal.aborted) {
    const records = await fetch(new URL("/status.json", webUrl), { signal })
      .then(async (answer) => Alarms.parse(await answer.json()).alarms)
      // A gateway that is away for a moment is asked again.
      .catch(() => []);
    for (const record of records.toReversed()) {
      const told = `${record.state} ${record.verdict.by} ${record.verdict.level}`;
      if (seen.get(record.id) === told || Date.parse(record.openedAt) < since - lookEveryMs) continue;
      seen.set(record.id, told);
      yield record;
    }
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
