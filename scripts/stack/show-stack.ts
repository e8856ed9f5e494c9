/** Addresses and next steps, for a person. */
import type { DigestView } from "@vigil/core/digest/wire";
import { paint } from "../terminal.ts";
import type { Account, LocalFile } from "./local-file.ts";

const titleChars = 12;
const row = (title: string, text: string) => `  ${paint("dim", title.padEnd(titleChars))} ${text}`;
const link = (url: string) => paint(["cyan", "underline"], url);

/** The console with the member signed in; the token stands in the fragment, which no server sees. */
const consoleOf = (local: LocalFile, account: Account, path = "/") =>
  `${local.consoleUrl}${path}#token=${account.memberToken}`;

export function describeAddresses(local: LocalFile): string[] {
  return [
    "",
    row("API", `${link(local.apiUrl)}  ${paint("dim", "(/docs, /openapi.json)")}`),
    row("console", link(local.consoleUrl)),
    row("mail", `${link(local.mailUrl)}  ${paint("dim", "(what Vigil sends is caught here)")}`),
    row("worker", local.workerMetricsUrl ? link(local.workerMetricsUrl) : "none: jobs stay in their queues"),
    row(
      "site",
      local.gatewayUrl ? `${link(local.gatewayUrl)}  ${paint("dim", "(its gateway's own page)")}` : "none",
    ),
    row("everything", ".vigil/local.json"),
  ];
}

/** How to see more than the terminal shows, and how to send a picture of one's own. */
export function describeMore(local: LocalFile, account: Account, digest: DigestView): string[] {
  const event = `{"id":"mine-'$(date +%s)'","type":"person","zone":"front door","mode":"away","occurredAt":"'$(date -u +%FT%TZ)'"}`;
  return [
    `  ${paint("bold", "See more")}`,
    row("pictures", link(consoleOf(local, account, `/digests/${digest.id}`))),
    row(
      "as JSON",
      `curl -s ${local.apiUrl}/v1/digests/${digest.id} -H 'authorization: Bearer ${account.memberToken}'`,
    ),
    row("your own", `curl -s ${local.apiUrl}/v1/events -H 'authorization: Bearer ${account.deviceKey}' \\`),
    `${" ".repeat(titleChars + 5)}-F event='${event}' -F image=@photo.jpg`,
  ];
}

export function describeRunning(pid: number, local: LocalFile | undefined): string[] {
  return [
    `\n  ${paint("yellow", `Vigil already runs from this checkout (process ${pid}).`)}`,
    ...(local ? describeAddresses(local) : ["  It is still starting."]),
    "\n  Stop that one first (Ctrl-C there), or use it.\n",
  ];
}
