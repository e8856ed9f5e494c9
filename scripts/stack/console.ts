/** The console: built when its sources have changed, and served as static files with a fallback for its own routes. */
import { createHash } from "node:crypto";
import { createReadStream, globSync, readFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { securityPolicy } from "../../web/scripts/security-policy.ts";
import { root, run, tool } from "../commands.ts";
import { places } from "./places.ts";

const web = join(root, "web");
const dist = join(web, "dist");
const sources = [
  "web/**/*.{ts,tsx,css,html,json,svg,png,webmanifest}",
  "packages/core/src/digest/words*.ts",
  "package-lock.json",
];
const outputs = /(^|\/)(dist|node_modules)$/;

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

function sourceHash(): string {
  const hash = createHash("sha256");
  for (const path of globSync(sources, { cwd: root, exclude: (name) => outputs.test(name) }).toSorted()) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** Builds `web/dist` unless it is the build of the present sources. */
export async function buildConsole(): Promise<void> {
  const hash = sourceHash();
  const built = await readFile(places.consoleStamp, "utf8").catch(() => "");
  const whole = await stat(join(dist, "index.html")).catch(() => undefined);
  if (whole && built === hash) return;
  const { code, output } = await run(tool("vite"), ["build", "web", "--logLevel", "warn"]);
  if (code !== 0) throw new Error(`the console does not build:\n${output.trim()}`);
  await writeFile(places.consoleStamp, hash);
}

export type ConsoleServer = { url: string; stop(): Promise<void> };

/** Where the page may connect to and load pictures from. */
export type ConsolePeers = { apiUrl: string; s3Url: string };

function protect(response: ServerResponse, { apiUrl, s3Url }: ConsolePeers): void {
  const policy = [securityPolicy({ apiOrigin: apiUrl, evidenceOrigin: s3Url }), "frame-ancestors 'none'"];
  response.setHeader("content-security-policy", policy.join("; "));
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
}

async function serveFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  // `normalize` of an absolute path cannot climb above `/`, so the file lies in the folder.
  const wanted = join(folder, normalize(`/${path}`));
  const found = await stat(wanted).catch(() => undefined);
  const file = found?.isFile() ? wanted : join(folder, "index.html");
  if (file !== wanted && extname(path) !== "") {
    response.writeHead(404).end();
    return;
  }
  const immutable = file.startsWith(join(folder, "assets"));
  response.writeHead(200, {
    "content-type": contentTypes[extname(file)] ?? "application/octet-stream",
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
  });
  await pipeline(createReadStream(file), response);
}

/** Serves the folder, and `/config.json` with the address of the API. `peers` is asked at each request. */
export async function serveConsole(
  { port, folder = dist }: { port: number; folder?: string },
  peers: () => ConsolePeers,
): Promise<ConsoleServer> {
  const server = createServer((request, response) => {
    // A request target need not be a path: `//` has no host, and `*` is none.
    const address = URL.parse(request.url ?? "/", "http://localhost");
    if (!address) {
      response.writeHead(400).end();
      return;
    }
    const { pathname } = address;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const present = peers();
    protect(response, present);
    if (pathname === "/config.json") {
      const config = JSON.stringify({ apiUrl: present.apiUrl });
      response
        .writeHead(200, { "content-type": "application/json", "cache-control": "no-store" })
        .end(config);
      return;
    }
    let path: string;
    try {
      path = decodeURIComponent(pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    serveFile(response, folder, path).catch(() => response.destroy());
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}
