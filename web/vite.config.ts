/** Builds the console into `web/dist`: static files that any server with a fallback to `index.html` can serve. */
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Scripts and styles come from the site alone; the API's and the pictures' hosts are known only when the page runs. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' http: https:",
  "connect-src 'self' http: https:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only in what is built: the development server puts scripts into the page. */
const securityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
      injectTo: "head-prepend",
    },
  ],
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), securityPolicy],
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
});
