/** Fetches the worker's model before the worker needs it, so that progress can be shown. */
import { obtain, type Progress, readCatalogue } from "../../gpu-worker/src/model/index.ts";
import type { Report } from "../terminal.ts";
import { paths } from "./paths.ts";

export const modelName = "yolov8n";

/** "43 %", or megabytes where the registry does not state a length. */
function inPercent({ receivedBytes, totalBytes }: Progress): string {
  return totalBytes === undefined
    ? `${(receivedBytes / 1e6).toFixed(1)} MB`
    : `${Math.floor((100 * receivedBytes) / totalBytes)} %`;
}

export async function fetchModel(report: Report): Promise<void> {
  const entry = (await readCatalogue()).detectors[modelName];
  if (!entry) throw new Error(`expected ${modelName} in the catalogue of models, got none`);
  const { file, licence } = entry;
  if (!("package" in file)) return;
  await obtain({ ...file, licence }, { cacheDir: paths.cache, onProgress: (now) => report(inPercent(now)) });
}
