/** The picture of what a browser was told, asked for by its notification. */
import { inAccount } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import type { Picture } from "../../digest/wire.ts";
import * as Endpoint from "../../endpoint/index.ts";
import { evidence as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { listKeyPictures } from "../read/read-digests.ts";
import type { Services } from "../services.ts";

/** A notification is shown within the life of its push message. */
const msMax = 24 * 60 * 60 * 1000;

/**
 * A presigned GET of the most telling picture of the digest that a delivery told.
 * @param token from the push message; it opens nothing but this, for a day, and only while the endpoint is told
 * @throws `not-found`
 */
export async function findNotifiedPicture(services: Services, token: string): Promise<Picture> {
  const bearer = Endpoint.readToken("picture", token, services.telling.endpointKey);
  if (!bearer) throw problem("not-found", "this address is not one that we sent");
  const picture = await inAccount(services.database, bearer.accountId, async (tx) => {
    const told = await Delivery.get(tx, bearer.id);
    const endpoint = await Endpoint.find(tx, told.endpointId);
    const ageMs = services.clock.now().getTime() - Date.parse(told.createdAt);
    if (endpoint?.state !== "active" || ageMs > msMax) return undefined;
    const [first] = await listKeyPictures(tx, told.subject, 1);
    return first;
  });
  if (!picture) throw problem("not-found", "there is no picture to show");
  const { url, expiresAt } = await services.blobs.presignGet({
    key: picture.key,
    seconds: limits.urlSecondsMax,
  });
  return { url, expiresAt: expiresAt.toISOString() };
}
