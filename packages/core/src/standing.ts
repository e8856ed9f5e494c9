/** What a camera's scene says of the things in its pictures: what the scene tells the digest. */
import type { Colour } from "./colour.ts";

/**
 * `arrived`: the camera was looked at shortly before, and it was not there; `first-seen`: at some time before; `always`: it
 * was there when the camera was first looked at, or somebody says that it belongs there.
 */
export type Arrival = "arrived" | "first-seen" | "always";

/** A thing that stands before a camera, as it is spoken of. */
export type Standing = {
  objectId: string;
  label: string;
  /** As somebody of the account calls it. */
  name: string | null;
  /** Null where pictures do not agree on one. */
  colour: Colour | null;
  arrivedAt: Date;
  arrival: Arrival;
};

/** Something that stood there and does so no more. */
export type Departure = Standing & {
  deviceId: string;
  lastSeenAt: Date;
  /** The picture that made it certain. */
  momentId: string;
};

/** What else is known of a detection. */
export type Known = {
  /** It stood there before the session began. */
  standing?: Standing;
  /** It stands where somebody of the account wants nothing told. Never set of people and animals. */
  ignored?: true;
};
