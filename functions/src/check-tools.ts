/** What checks of authenticity read manifests and addresses with. Nothing begins before it is needed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckTools, readTextHead } from "@vigil/core/checks";
import type { Services } from "@vigil/core/flow";
import { type Files, httpFiles } from "@vigil/core/platform/fetch-file";
import { createManifestReader } from "@vigil/core/provenance";
import type { Config } from "./config.ts";

/** Where a function's archive has the thread that reads manifests: a bundle cannot hold it (`infra/authenticity.ts`). */
const threadInArchive = "manifest-reader/manifest-worker.ts";

type Placed = {
  /** The folder into which a function's archive was unpacked; undefined: these are the sources. */
  archive?: string | undefined;
  /** The file of a head for texts, read at once, so that no question waits for it; undefined: there is none. */
  textHead?: string | undefined;
};

/** @throws Error for a head that is none */
export function checkToolsOf(
  services: Pick<Services, "telling">,
  { archive, textHead }: Placed = {},
): CheckTools {
  let files: Files | undefined;
  return {
    manifests: createManifestReader(
      archive === undefined ? {} : { entry: pathToFileURL(join(archive, threadInArchive)) },
    ),
    textHead: textHead === undefined ? undefined : readTextHead(readFileSync(textHead, "utf8")),
    files: {
      fetch(wanted) {
        files ??= httpFiles(services.telling.receivers);
        return files.fetch(wanted);
      },
    },
  };
}

/** As the environment has them. */
export function placedBy({ LAMBDA_TASK_ROOT: archive, TEXT_HEAD: textHead }: Config): Placed {
  return { archive, textHead };
}
