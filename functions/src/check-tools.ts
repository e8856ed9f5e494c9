/** What checks of authenticity read manifests and addresses with. Nothing begins before it is needed. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckTools } from "@vigil/core/checks";
import type { Services } from "@vigil/core/flow";
import { type Files, httpFiles } from "@vigil/core/platform/fetch-file";
import { createManifestReader } from "@vigil/core/provenance";

/** Where a function's archive has the thread that reads manifests: a bundle cannot hold it (`infra/authenticity.ts`). */
const threadInArchive = "manifest-reader/manifest-worker.ts";

/** @param archive the folder into which a function's archive was unpacked; undefined: these are the sources */
export function checkToolsOf(services: Pick<Services, "telling">, archive?: string): CheckTools {
  let files: Files | undefined;
  return {
    manifests: createManifestReader(
      archive === undefined ? {} : { entry: pathToFileURL(join(archive, threadInArchive)) },
    ),
    files: {
      fetch(wanted) {
        files ??= httpFiles(services.telling.receivers);
        return files.fetch(wanted);
      },
    },
  };
}
