/** What checks need beside the services of all flows. */
import type { Files } from "../../platform/fetch-file.ts";
import type { ManifestReader } from "../../provenance/index.ts";

export type CheckTools = {
  manifests: Pick<ManifestReader, "read">;
  files: Pick<Files, "fetch">;
};
