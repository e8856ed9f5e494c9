/** The built console, served with the API behind it, as the local stack serves both. */
import path from "node:path";
import { build } from "vite";
import { type ConsoleServer, serveConsole } from "../../scripts/stack/console.ts";

export async function buildConsole(outDir: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, "../../web");
  await build({
    root,
    configFile: path.join(root, "vite.config.ts"),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
}

/** @param s3Url where pictures are; left out: the double of the API serves them too */
export function serveBuilt(folder: string, apiUrl: string, s3Url = apiUrl): Promise<ConsoleServer> {
  return serveConsole({ port: 0, folder }, () => ({ apiUrl, s3Url }));
}
