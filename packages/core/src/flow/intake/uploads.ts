/** Where a device uploads the evidence that it announced. */
import { inAccount } from "../../db/index.ts";
import type { NewMoment } from "../../event/index.ts";
import type { Upload } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import type { Services } from "../services.ts";

type Announced = Pick<NewMoment, "id" | "name" | "contentType" | "bytes" | "sha256" | "state">;

/** Fresh upload URLs for what is still missing of an event. Without `moments` they are read from the database. */
export async function uploadsOf(
  services: Services,
  accountId: string,
  eventId: string,
  moments?: readonly Announced[],
): Promise<Upload[]> {
  const pieces =
    moments ?? (await inAccount(services.database, accountId, (tx) => Evidence.listOfEvent(tx, eventId)));
  return Promise.all(
    pieces
      .filter((piece) => piece.state === "announced")
      .map(async ({ id, name, bytes, contentType, sha256 }) => {
        const key = Evidence.uploadKeyOf(accountId, eventId, id);
        const { url, headers, expiresAt } = await services.blobs.presignPut({
          key,
          bytes,
          contentType,
          sha256,
          seconds: limits.urlSecondsMax,
        });
        return { name, method: "PUT" as const, url, headers, expiresAt: expiresAt.toISOString() };
      }),
  );
}
