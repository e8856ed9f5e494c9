/** A gateway tells the key that it signs evidence with, and signs what it sends. */
import { inAccount } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Gateway from "../../gateway/index.ts";
import type { EvidenceSignature } from "../../gateway/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

type Device = { accountId: string; deviceId: string };

/** @param publicKey 32 bytes in base64 @returns by what signatures name it */
export async function keepGatewayKey(
  services: Services,
  { accountId, deviceId, publicKey }: Device & { publicKey: string },
): Promise<{ id: string }> {
  const bytes = Buffer.from(publicKey, "base64");
  const id = Gateway.keyIdOf(bytes);
  const toldAt = services.clock.now();
  await inAccount(services.database, accountId, (tx) =>
    Gateway.keepKey(tx, { accountId, deviceId, id, publicKey: bytes, toldAt }),
  );
  return { id };
}

/**
 * Verifies signatures over what was announced and keeps what came of it. Sent again, nothing changes: the first of a piece counts.
 * @throws `not-found`; `evidence-mismatch` for a name that the event does not have, and nothing is kept
 */
export async function recordSignatures(
  services: Services,
  { accountId, deviceId, eventId }: Device & { eventId: string },
  signatures: readonly EvidenceSignature[],
): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    const event = await Event.get(tx, eventId);
    if (event.deviceId !== deviceId) throw problem("not-found", `no event ${eventId} of this device`);
    const moments = new Map((await Evidence.listOfEvent(tx, eventId)).map((one) => [one.name, one]));
    const keys = new Map((await Gateway.listKeys(tx, deviceId)).map((key) => [key.id, key.publicKey]));
    const rows = signatures.map(({ name, keyId, sequence, at, signature }): Gateway.KeptSignature => {
      const moment = moments.get(name);
      if (!moment) {
        throw problem("evidence-mismatch", `expected the name of a picture of the event, got ${name}`);
      }
      const { sha256 } = Evidence.asAnnounced(moment);
      const key = keys.get(keyId);
      const holds = key && Gateway.isSignedBy(key, { sha256, at, sequence }, signature);
      const status = holds === undefined ? "unknown-key" : holds ? "holds" : "wrong";
      return { momentId: moment.id, accountId, signedBy: keyId, sequence, signedAt: new Date(at), status };
    });
    await Gateway.recordSignatures(tx, rows);
  });
}
