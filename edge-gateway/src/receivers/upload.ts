/** What a camera brings of itself: pictures, or only the word that it has seen something. */
import { createJpegSplitter } from "../cameras/split-jpegs.ts";

export type Protocol = "smtp" | "ftp" | "http";

export type Upload = {
  camera: string;
  by: Protocol;
  /** JPEGs; none where the camera only says that something happened. */
  pictures: Buffer[];
};

/** Of one message or file. */
export const uploadBytesMax = 8 * 1024 * 1024;
const pictureBytesMax = 5 * 1024 * 1024;
export const picturesMax = 8;

/** The JPEGs in what was brought, whatever they are wrapped in. */
export const picturesIn = (bytes: Buffer): Buffer[] =>
  createJpegSplitter(pictureBytesMax).take(bytes).slice(0, picturesMax);
