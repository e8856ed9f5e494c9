/** Every minute: what is owed to the evidence log is appended to it, and the log is signed; then an authority time-stamps that. */
import { appendToLog, type Services, stampLog } from "@vigil/core/flow";
import type { TimeAuthority } from "@vigil/core/platform/time-authority";
import type { Config } from "../config.ts";
import { fromEnvironment } from "../services.ts";
import { timeAuthority } from "../time-stamps/authority.ts";

/** Undefined where the operator has named none. */
export function authorityOf({ TSA_URL: url, LOCAL_RECEIVERS: loopback }: Config): TimeAuthority | undefined {
  return url === undefined ? undefined : timeAuthority({ url, loopback });
}

/** The log never waits for an authority: what is signed is signed, whatever becomes of its time stamp. */
export async function checkpoint(services: Services, authority: TimeAuthority | undefined): Promise<void> {
  const leaves = await appendToLog(services);
  const stamped = authority ? await stampLog(services, authority) : 0;
  if (leaves + stamped > 0) services.log.info({ leaves, stamped }, "appended to the evidence log");
}

let authority: TimeAuthority | undefined;

export async function handler(): Promise<void> {
  const { config, services } = fromEnvironment();
  authority ??= authorityOf(config);
  await checkpoint(services, authority);
}
