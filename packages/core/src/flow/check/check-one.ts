/** One check: its points are claimed, it is looked at, and its verdict is kept; where there is none, the points are given back. */
import * as Check from "../../check/index.ts";
import { type CheckView, priceOf } from "../../check/wire.ts";
import { inAccount } from "../../db/index.ts";
import * as Evidence from "../../evidence/index.ts";
import { check as limits } from "../../limits.ts";
import { AddressRefused } from "../../platform/public-address.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { type Asker, claimChecks } from "./claim-checks.ts";
import { type FileKind, type GivenFile, type Looked, lookAtFile, lookAtText } from "./look.ts";
import type { CheckTools } from "./tools.ts";

export type { Asker } from "./claim-checks.ts";
/** A check, and what is left of the day as fields of the answer. */
export type Checked = { check: CheckView; headers: Record<string, string> };

/** @throws `quota-exceeded`, `rate-limited` */
export async function checkText(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  { text, label }: { text: string; label?: string | undefined },
): Promise<Checked> {
  return checkOne(services, asker, { kind: "text", label }, () => Promise.resolve(lookAtText(tools, text)));
}

/** @throws `quota-exceeded`, `rate-limited`, `evidence-not-an-image`, `file-unknown`, `file-too-large` */
export async function checkFile(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  { kind, label, ...file }: GivenFile & { kind: FileKind; label?: string | undefined },
): Promise<Checked> {
  return checkOne(services, asker, { kind, label }, () =>
    lookAtFile(tools, kind, file, services.clock.now()),
  );
}

/** @throws `quota-exceeded`, `rate-limited`, `address-refused`, `address-unreadable` */
export async function checkUrl(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  { url, label }: { url: string; label?: string | undefined },
): Promise<Checked> {
  return checkOne(services, asker, { kind: "url", label }, () =>
    lookAtAddress(tools, url, services.clock.now()),
  );
}

async function checkOne(
  services: Services,
  asker: Asker,
  { kind, label }: { kind: keyof typeof priceOf; label: string | undefined },
  look: () => Promise<Looked>,
): Promise<Checked> {
  const wanted = { kind: kind === "url" ? ("image" as const) : kind, points: priceOf[kind], label };
  const { ids, headers } = await claimChecks(services, asker, [wanted]);
  const [id = ""] = ids;
  return { check: await settleCheck(services, asker, id, look), headers };
}

/** Looks, and ends the claim either way. */
export async function settleCheck(
  { database }: Services,
  { accountId }: Asker,
  id: string,
  look: () => Promise<Looked>,
): Promise<CheckView> {
  try {
    const looked = await look();
    const settled = await inAccount(database, accountId, (tx) => Check.settle(tx, id, looked));
    if (!settled) throw new Error(`the check ${id} had ended before`);
    return settled;
  } catch (error) {
    await inAccount(database, accountId, (tx) => Check.giveBack(tx, [id]));
    throw error;
  }
}

/** A picture or a plain text that stands at an address. */
export async function lookAtAddress(tools: CheckTools, url: string, now: Date): Promise<Looked> {
  const { bytes, contentType } = await fetched(tools, url);
  if (Evidence.sniff(bytes) !== undefined) return lookAtFile(tools, "image", { bytes, name: "" }, now);
  if (!/^text\/plain\b/i.test(contentType ?? "")) {
    throw problem(
      "address-unreadable",
      `expected a JPEG, PNG or WebP picture or text/plain, got ${(contentType ?? "no type").slice(0, 100)}`,
    );
  }
  const text = new TextDecoder().decode(bytes).replaceAll("\0", "\ufffd");
  if (text.trim() === "" || text.length > limits.textCharsMax) {
    throw problem("address-unreadable", `expected a text of 1 to ${limits.textCharsMax} characters`);
  }
  return lookAtText(tools, text);
}

async function fetched({ files }: CheckTools, url: string) {
  try {
    return await files.fetch({ url, bytesMax: limits.fileBytesMax, msMax: limits.fetchMsMax });
  } catch (error) {
    if (error instanceof AddressRefused) throw problem("address-refused", error.message);
    const { cause } = error as { cause?: unknown };
    if (cause instanceof AddressRefused) throw problem("address-refused", cause.message);
    const why = error instanceof Error ? error.message : "";
    throw problem("address-unreadable", `nothing could be read there: ${why}`.slice(0, 300), {
      cause: error,
    });
  }
}
