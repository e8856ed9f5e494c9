import { fileURLToPath } from "node:url";

/** The repository's own cache, outside version control: models and photographs are fetched into it once. */
export const cacheDir = fileURLToPath(new URL("../../.vigil/cache", import.meta.url));
