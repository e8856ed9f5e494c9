/** What checks need beside the services of all flows. */
import type * as Check from "../../check/index.ts";
import type { Files } from "../../platform/fetch-file.ts";
import type { ManifestReader } from "../../provenance/index.ts";

export type CheckTools = {
  manifests: Pick<ManifestReader, "read">;
  files: Pick<Files, "fetch">;
  /** What was learned from texts of known origin; undefined: nothing is learned, and only what can be seen is told. */
  textHead: Check.TextHead | undefined;
};
