/** The built console, served as the deployed site serves it: files, `/config.json`, and `index.html` for every other path. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "vite";
import { securityPolicy } from "../../web/scripts/security-policy.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export async function buildConsole(outDir: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, "../../web");
  await build({
    root,
    configFile: path.join(root, "vite.config.ts"),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
}

export async function serveConsole(folder: string, apiUrl: string) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/config.json") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ apiUrl }));
      return;
    }
    const name = path.extname(pathname) === "" ? "index.html" : path.normalize(pathname);
    readFile(path.join(folder, name)).then(
      (bytes) =>
        response
          .writeHead(200, {
            "content-type": contentTypes[path.extname(name)] ?? "text/plain",
            "content-security-policy": securityPolicy({ apiOrigin: apiUrl, evidenceOrigin: apiUrl }),
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
