/** Pictures that came with their event. A store that does not take one is no reason to lose the event. */
import { inAccount } from "../../db/index.ts";
import type { NewMoment } from "../../event/index.ts";
import type { AnnouncedEvidence } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { sealEvent } from "./seal-event.ts";

/** One image of a multipart event, already inspected. */
export type Image = {
  name: string;
  bytes: Uint8Array;
  contentType: AnnouncedEvidence["contentType"];
  sha256: string;
};

type Sent = { accountId: string; eventId: string; images: readonly Image[] };
type Masked = { masks: readonly Evidence.Mask[] };

/** @returns the moments: ready where the store has taken the picture, and as they were where it has not */
export async function storeImages(
  services: Services,
  { accountId, eventId, images, masks }: Sent & Masked,
  moments: readonly NewMoment[],
): Promise<NewMoment[]> {
  const byName = new Map(images.map((image) => [image.name, image]));
  return Promise.all(
    moments.map(async (moment) => {
      const image = byName.get(moment.name);
      if (!image) return moment;
      const kept = await masked(services, image, masks);
      const stored = kept && (await put(services, Evidence.keyOf(accountId, eventId, moment.id), kept));
      if (!stored) return moment;
      return { ...moment, ...toldOf(moment, kept), state: "ready" as const };
    }),
  );
}

/** As it is to be kept; undefined when it cannot be masked: nothing of it is kept then. */
async function masked(
  { log }: Services,
  image: Image,
  masks: readonly Evidence.Mask[],
): Promise<Image | undefined> {
  if (masks.length === 0) return image;
  try {
    return { ...image, ...(await Evidence.maskPicture(image, masks)) };
  } catch (error) {
    log.warn({ err: error, name: image.name }, "a picture could not be masked, and was not kept");
    return undefined;
  }
}

/** What is known of a moment whose kept picture is another than was sent. */
function toldOf(moment: NewMoment, kept: Image): Partial<NewMoment> {
  if (kept.sha256 === moment.sha256) return {};
  const { bytes: announcedBytes, sha256: announcedSha256 } = moment;
  return { bytes: kept.bytes.byteLength, sha256: kept.sha256, announcedBytes, announcedSha256 };
}

/** The store did not take some of them when the event came first; here they are once more, as if they were uploaded. */
export async function makeUpFor(services: Services, known: Sent & { deviceId: string }): Promise<void> {
  const { accountId, eventId, images } = known;
  const moments = await inAccount(services.database, accountId, (tx) => Evidence.listOfEvent(tx, eventId));
  const announced = moments.filter(({ state }) => state === "announced");
  await Promise.all(
    announced.map(async ({ id, name }) => {
      const image = images.find((one) => one.name === name);
      if (image) await put(services, Evidence.uploadKeyOf(accountId, eventId, id), image);
    }),
  );
  await afterCommit(services, "seal", () => sealEvent(services, known));
}

async function put(services: Services, key: string, image: Image): Promise<boolean> {
  const { name, bytes: body, contentType, sha256 } = image;
  try {
    await services.blobs.put({ key, body, contentType, sha256 });
    return true;
  } catch (error) {
    services.log.error(
      { err: error, name },
      "a picture could not be stored; its device is told to upload it",
    );
    return false;
  }
}
