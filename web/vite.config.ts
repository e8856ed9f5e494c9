/** Builds the console into `web/dist`: static files that any server with a fallback to `index.html` can serve. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { preloadConsole } from "./scripts/preload-console.ts";
import { reportPages } from "./scripts/report-pages.ts";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadConsole(), reportPages()],
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
});
