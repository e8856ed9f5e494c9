/** Signing states of the evidence log, and receipts of erasures and of consents, with the key that signs manifests and jobs. */
import { signNote, writeCheckpoint, writePublicKey } from "@vigil/verify/seal";
import * as Consent from "../consent/index.ts";
import type * as Custody from "../custody/index.ts";
import * as Erasure from "../erasure/index.ts";
import * as Manifest from "../manifest/index.ts";
import type { Services } from "./services.ts";

/** A state of the log, signed now. */
export async function signState(
  services: Services,
  { size, root }: { size: number; root: Uint8Array },
): Promise<Custody.SignedState> {
  const signedAt = services.clock.now();
  const further = [`time ${signedAt.toISOString()}`];
  const text = writeCheckpoint({ origin: originOf(services), size, root, further });
  const note = await signNote(text, await Manifest.signerOf(services.jobSigningKey));
  return { size, root, note, signedAt };
}

/** What stands first in a checkpoint of the log. Manifests begin otherwise, so that neither is taken for the other. */
function originOf({ telling }: Services): string {
  return `${new URL(telling.consoleOrigin).host}/evidence-log`;
}

/** Who signs, as readers of signed notes take a key. */
export async function logKey(services: Services): Promise<string> {
  return writePublicKey(await Manifest.signerOf(services.jobSigningKey));
}

/** The receipt of a consent that has ended, as a signed note of its own origin. */
export async function signConsentReceipt(
  services: Services,
  receipt: Omit<Consent.ReceiptOfConsent, "origin">,
): Promise<string> {
  const origin = `${new URL(services.telling.consoleOrigin).host}/consent`;
  const text = Consent.writeConsentReceipt({ origin, ...receipt });
  return signNote(text, await Manifest.signerOf(services.jobSigningKey));
}

/** The receipt of an erasure, as a signed note of its own origin. */
export async function signReceipt(
  services: Services,
  receipt: Omit<Parameters<typeof Erasure.writeReceipt>[0], "origin">,
): Promise<string> {
  const origin = `${new URL(services.telling.consoleOrigin).host}/erasure`;
  const text = Erasure.writeReceipt({ origin, ...receipt });
  return signNote(text, await Manifest.signerOf(services.jobSigningKey));
}
