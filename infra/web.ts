/** The console, a static site. Its build writes into the page what it may load. */
import { cdn } from "./cdn.ts";
import { storage } from "./storage.ts";

export const site = new sst.aws.StaticSite("Console", {
  path: "web",
  router: { instance: cdn },
  environment: { EVIDENCE_URL: storage.origin },
  build: {
    command: 'npx vite build && node ../infra/write-console-policy.ts --evidence-url "$EVIDENCE_URL" dist',
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
