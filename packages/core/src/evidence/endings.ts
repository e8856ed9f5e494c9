import type { ContentType } from "../event/wire.ts";

/** How the name of a file of this type ends. */
export const endings: Readonly<Record<ContentType, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
};
