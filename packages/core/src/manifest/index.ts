/** Manifests: the versions of what is sealed of a source, each signed and naming the one before. Appended only. */
import { createPublicKey, type KeyObject } from "node:crypto";
import type { Signer } from "@vigil/verify/seal";
import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { manifest } from "./manifest.sql.ts";

export type Version = typeof manifest.$inferSelect;

/** The newest version of a source; undefined: nothing of it was sealed. */
export async function findHead(tx: Tx, source: string): Promise<Version | undefined> {
  const [head] = await tx
    .select()
    .from(manifest)
    .where(eq(manifest.source, source))
    .orderBy(desc(manifest.version))
    .limit(1);
  return head;
}

export async function findVersion(tx: Tx, source: string, version: number): Promise<Version | undefined> {
  const [found] = await tx
    .select()
    .from(manifest)
    .where(and(eq(manifest.source, source), eq(manifest.version, version)));
  return found;
}

/** The newest version that was made for a run. */
export async function findOfRun(tx: Tx, runId: string): Promise<Version | undefined> {
  const [found] = await tx
    .select()
    .from(manifest)
    .where(eq(manifest.runId, runId))
    .orderBy(desc(manifest.version))
    .limit(1);
  return found;
}

export async function record(tx: Tx, version: Version): Promise<void> {
  await tx.insert(manifest).values(version);
}

/** Where a segment lies: once for an account, as equal leaves give the same file. */
export function segmentKeyOf(accountId: string, name: string): string {
  return `manifests/${accountId}/${name}`;
}

/** What stands first in a checkpoint: whose tree it is. */
export function originOf(accountId: string, source: string): string {
  return `vigil/${accountId}/${Buffer.from(source).toString("base64url")}`;
}

/**
 * The API's signing key as a signer of notes. What is signed begins with an origin, and jobs with another word, so that
 * neither can be taken for the other.
 */
export async function signerOf(key: KeyObject): Promise<Signer> {
  const pkcs8 = new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return {
    name: "vigil",
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]),
    publicKey: new Uint8Array(Buffer.from(x, "base64url")),
  };
}
