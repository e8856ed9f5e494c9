/** The console, a static site. Its build writes the API's address into `/config.json`, and into the page what it may load. */
import { apiUrl } from "./api.ts";
import { cdn } from "./cdn.ts";
import { evidenceOrigin } from "./storage.ts";

export const site = new sst.aws.StaticSite("Console", {
  path: "web",
  router: { instance: cdn },
  environment: { API_URL: apiUrl, EVIDENCE_URL: evidenceOrigin },
  build: {
    command:
      'npx vite build && node ../infra/write-console-config.ts --api-url "$API_URL" --evidence-url "$EVIDENCE_URL" dist',
    output: "dist",
  },
  // SST would otherwise write its generated types into the sources.
  vite: { types: "../.sst/console-env.d.ts" },
  transform: {
    assets: (args) => {
      args.cors = false;
    },
  },
  assets: {
    fileOptions: [
      { files: "**", cacheControl: "max-age=0,no-cache,must-revalidate" },
      // Vite names these after their content. The later entry wins.
      { files: "assets/**", cacheControl: "max-age=31536000,public,immutable" },
    ],
  },
});
