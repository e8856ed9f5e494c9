/** A picture as it came, and what can be said of it without knowing others. */
import type { Traits } from "./wire.ts";

export type Taken = {
  traits: Traits;
  /** As the device named it. */
  name: string;
  /** What the bytes are. */
  contentType: string;
  capturedAt: Date;
  receivedAt: Date;
  /** How far the device's clock runs ahead, as it was learned; the event's times are corrected by it. */
  skewMs: number;
};

/** However it is turned. */
export function sizeOf({ width, height }: Pick<Traits, "width" | "height">): string {
  return `${Math.max(width, height)}x${Math.min(width, height)}`;
}

/** Make and model as EXIF has them; empty: it names none. */
export function cameraOf({ exif }: Traits): string {
  return [exif?.make, exif?.model].filter((part) => part !== undefined).join(" ");
}

/**
 * How far EXIF's time is ahead of the device's own at that moment, ms; undefined when it states none. A time without a zone
 * is taken as UTC's.
 */
export function aheadOf({ traits, capturedAt, skewMs }: Taken): number | undefined {
  const { takenAt, zone = "Z" } = traits.exif ?? {};
  if (takenAt === undefined) return undefined;
  const stated = Date.parse(`${takenAt}${zone}`);
  return Number.isNaN(stated) ? undefined : stated - (capturedAt.getTime() + skewMs);
}
