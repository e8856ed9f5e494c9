/** A digest with its pictures in one archive, which can be kept, handed on, and checked without Vigil. */
import { createHash } from "node:crypto";
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Evidence from "../../evidence/index.ts";
import { defaultLanguage, type Language } from "../../language/wire.ts";
import { evidence as evidenceLimits, share as limits } from "../../limits.ts";
import * as Manifest from "../../manifest/index.ts";
import * as Review from "../../review/index.ts";
import type { Bundle } from "../../share/wire.ts";
import { getCustodyOfDigest } from "../read/read-custody.ts";
import { getDigest } from "../read/read-digests.ts";
import type { Services } from "../services.ts";
import { writeBundle } from "./write-bundle.ts";
import type { BundledPicture } from "./write-bundle-page.ts";

/**
 * Writes the archive to the store, where it lies for a day, and answers where to fetch it. The same digest twice, in the
 * same language, is the same archive. @throws `not-found`
 */
export async function exportDigest(
  services: Services,
  {
    accountId,
    actor,
    digestId,
    language = defaultLanguage,
  }: Audit.Actor & { digestId: string; language?: Language },
): Promise<Bundle> {
  const digest = await getDigest(services, { accountId, id: digestId });
  const told =
    language === defaultLanguage ? digest : await getDigest(services, { accountId, id: digestId, language });
  const { moments, timeZone } = await inAccount(services.database, accountId, async (tx) => ({
    moments: await Review.listMoments(tx, digest.reviewId),
    timeZone: (await Account.get(tx, accountId)).timeZone,
  }));
  const pictures = await readPictures(
    services,
    moments.map(({ moment }) => moment),
  );
  const custody = await getCustodyOfDigest(services, { accountId, id: digestId });
  const signer = await Manifest.signerOf(services.jobSigningKey);
  const { zip, sumsSha256, files } = await writeBundle(
    { digest, told: { language, digest: told }, timeZone, pictures, custody },
    signer,
  );
  const sha256 = createHash("sha256").update(zip).digest("hex");
  const key = `exports/${accountId}/${digestId}/${sha256}.zip`;
  await services.blobs.put({ key, body: zip, contentType: "application/zip", sha256 });
  const at = services.clock.now();
  await inAccount(services.database, accountId, (tx) =>
    Audit.record(tx, {
      accountId,
      actor,
      action: "digest.exported",
      subject: digestId,
      detail: { sumsSha256, sha256, files },
      at,
    }),
  );
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidenceLimits.urlSecondsMax });
  const count = pictures.filter(({ bytes }) => bytes !== undefined).length;
  return {
    url,
    expiresAt: expiresAt.toISOString(),
    bytes: zip.byteLength,
    sumsSha256,
    pictures: count,
  };
}

/** In the order of time. What is gone, is not what was sealed, or has no room any more is named without its bytes. */
async function readPictures(
  services: Services,
  moments: readonly Evidence.Moment[],
): Promise<BundledPicture[]> {
  const pictures: BundledPicture[] = [];
  let room = limits.bundleBytesMax;
  for (let first = 0; first < moments.length; first += limits.picturesAtOnceMax) {
    const batch = moments.slice(first, first + limits.picturesAtOnceMax);
    const fitting = batch.map((moment) => {
      const fits = moment.bytes <= room;
      if (fits) room -= moment.bytes;
      return { moment, fits };
    });
    pictures.push(
      ...(await Promise.all(
        fitting.map(async ({ moment, fits }, index) => {
          const number = String(first + index + 1).padStart(2, "0");
          const picture = {
            momentId: moment.id,
            capturedAt: moment.capturedAt.toISOString(),
            file: `pictures/${number}-${moment.id}${Evidence.endings[moment.contentType]}`,
            sealedSha256: moment.sha256,
          };
          return fits
            ? { ...picture, ...(await readPicture(services, moment)) }
            : { ...picture, bytes: undefined, missing: "noRoom" as const };
        }),
      )),
    );
  }
  return pictures;
}

async function readPicture(
  { blobs }: Services,
  { id, accountId, eventId, sha256 }: Evidence.Moment,
): Promise<Pick<BundledPicture, "bytes" | "missing">> {
  const bytes = await blobs.read(Evidence.keyOf(accountId, eventId, id), evidenceLimits.bytesMax);
  if (!bytes) return { bytes: undefined, missing: "notKept" };
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return { bytes, missing: null };
  return { bytes: undefined, missing: "notSealed" };
}
