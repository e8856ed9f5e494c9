/** What in a picture's file cannot be so, or differs from what its event says of it. */
import { capture as limits } from "../limits.ts";
import { type DeviceProfile, isUsual } from "./profile.ts";
import { aheadOf, cameraOf, type Taken } from "./taken.ts";
import type { CaptureReason, Traits } from "./wire.ts";

const hour = 60 * 60 * 1000;
/** Rows and columns by which a coded picture may be larger than the one that was taken: blocks of its encoder. */
const paddingMax = 16;

/** How names of files end, by what such a file is. */
const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    jpe: "image/jpeg",
    png: "image/png",
    webp: "image/webp",
    gif: "image/gif",
    bmp: "image/bmp",
    tif: "image/tiff",
    tiff: "image/tiff",
    heic: "image/heic",
    heif: "image/heic",
    avif: "image/avif",
    mp4: "video/mp4",
    mov: "video/quicktime",
    mp3: "audio/mpeg",
    wav: "audio/wav",
    flac: "audio/flac",
    ogg: "audio/ogg",
    m4a: "audio/mp4",
    webm: "video/webm",
    pdf: "application/pdf",
  }),
);

export function findContradictions(picture: Taken, profile: DeviceProfile): CaptureReason[] {
  return [
    nameDiffers(picture),
    sizeDiffers(picture.traits),
    thumbnailDiffers(picture.traits),
    cameraDiffers(picture.traits, profile),
    timeDiffers(picture, profile),
  ].filter((reason) => reason !== undefined);
}

/** What a file of such a name is; undefined: nothing that is known. */
export function kindOfName(name: string): string | undefined {
  const [, ending = ""] = /\.([A-Za-z0-9]{2,5})$/.exec(name) ?? [];
  return kinds.get(ending.toLowerCase());
}

function nameDiffers({ name, contentType }: Taken): CaptureReason | undefined {
  const kind = kindOfName(name);
  if (kind === undefined || kind === contentType) return undefined;
  const ending = name.slice(name.lastIndexOf(".")).toLowerCase();
  return { code: "name-differs", detail: `named ${ending}, and is ${contentType}` };
}

const near = (stated: number, side: number) => Math.abs(stated - side) <= paddingMax;

function sizeDiffers({ width, height, exif }: Traits): CaptureReason | undefined {
  if (exif?.width === undefined || exif.height === undefined) return undefined;
  const isSame = near(exif.width, width) && near(exif.height, height);
  const isTurned = near(exif.width, height) && near(exif.height, width);
  if (isSame || isTurned) return undefined;
  const detail = `EXIF says ${exif.width} x ${exif.height}, and it is ${width} x ${height}`;
  return { code: "exif-size-differs", detail };
}

function thumbnailDiffers({ thumbnailLikeness }: Traits): CaptureReason | undefined {
  if (thumbnailLikeness === undefined || thumbnailLikeness >= limits.thumbnailLikenessMin) return undefined;
  const detail = `the small picture within it is like it by ${thumbnailLikeness.toFixed(2)} of 1`;
  return { code: "thumbnail-differs", detail };
}

/** Only of a device whose pictures all named a camera. */
function cameraDiffers(traits: Traits, profile: DeviceProfile): CaptureReason | undefined {
  const camera = cameraOf(traits);
  const usual = profile.cameras.filter((one) => isUsual(profile, one)).map((one) => one.camera);
  if (camera === "" || profile.pictures < limits.enrolledMin) return undefined;
  if (usual.includes("") || usual.includes(camera)) return undefined;
  return {
    code: "camera-differs",
    detail: `EXIF names ${camera}, and named ${usual.join(", ")} before`.slice(0, 200),
  };
}

function timeDiffers(picture: Taken, { aheadMs }: DeviceProfile): CaptureReason | undefined {
  const ahead = aheadOf(picture);
  const { exif } = picture.traits;
  if (ahead === undefined || exif === undefined) return undefined;
  const isKnown = aheadMs.length >= limits.clocksMin;
  // Clocks that nobody has set run all the same; an hour more or less is summer.
  const isAsBefore = aheadMs.some((before) =>
    [-hour, 0, hour].some((shift) => Math.abs(ahead - before + shift) <= limits.clockMsMax),
  );
  if (isKnown && isAsBefore) return undefined;
  const margin = exif.zone === undefined ? limits.zonesMsMax : limits.clockMsMax;
  const afterReceipt = ahead + picture.capturedAt.getTime() - picture.receivedAt.getTime();
  const stated = `${exif.takenAt}${exif.zone ?? ""}`;
  if (afterReceipt > margin) {
    return { code: "time-ahead", detail: `EXIF says ${stated}, which was yet to come` };
  }
  if (!isKnown) return undefined;
  return {
    code: "time-differs",
    detail: `EXIF says ${stated}, and the event ${picture.capturedAt.toISOString()}`,
  };
}
