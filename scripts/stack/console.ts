/**
 * The console: built when its sources have changed, and served as static files with a fallback for its own routes, from the
 * one origin that it shares with the API.
 */
import { createHash } from "node:crypto";
import { globSync, readFileSync, watch } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { isApiPath } from "../../functions/src/one-origin.ts";
import { securityPolicy } from "../../web/scripts/security-policy.ts";
import { root, run, tool } from "../commands.ts";
import { forward } from "./forward.ts";
import { paths } from "./paths.ts";

const web = join(root, "web");
const dist = join(web, "dist");
const sources = [
  "web/**/*.{ts,tsx,css,html,json,svg,png,webmanifest}",
  "packages/core/src/digest/{words,words-things,things-de,places-de,reasons-de}.ts",
  "packages/core/src/language/languages.ts",
  "packages/client/src/*.ts",
  "package-lock.json",
];
const outputs = /(^|\/)(dist|node_modules)$/;

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
  const built = await readFile(paths.consoleStamp, "utf8").catch(() => "");
  const whole = await stat(join(dist, "index.html")).catch(() => undefined);
  if (whole && built === hash) return;
  const { code, output } = await run(tool("vite"), ["build", "web", "--logLevel", "warn"]);
  if (code !== 0) throw new Error(`the console does not build:\n${output.trim()}`);
  await writeFile(paths.consoleStamp, hash);
}

/** Builds the console anew whenever its sources have changed, and says so, or what is wrong with them. */
export function watchConsole(say: (text: string) => void): { stop(): Promise<void> } {
  let building = Promise.resolve();
  let pending: NodeJS.Timeout | undefined;
  const build = () => {
    building = building.then(buildConsole).then(
      () => say("The console is built; reload its page."),
      (error: unknown) => say(error instanceof Error ? error.message : String(error)),
    );
  };
  const watcher = watch(join(web, "src"), { recursive: true }, () => {
    clearTimeout(pending);
    // An editor writes more than once.
    pending = setTimeout(build, 200);
  });
  return {
    async stop() {
      watcher.close();
      clearTimeout(pending);
      await building;
    },
  };
}

export type ConsoleServer = { url: string; stop(): Promise<void> };

/** Where the API is, from where the page may load pictures, and where mails are caught, if they are. */
export type ConsolePeers = { apiUrl: string; s3Url: string; mailUrl?: string };

/** Where the sign-in page of a local stack leads whoever waits for a code. */
const caughtMailPath = "/caught-mail";

function createConsole(folder: string, peers: () => ConsolePeers): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    const policy = securityPolicy({ evidenceOrigin: peers().s3Url });
    context.header("content-security-policy", `${policy}; frame-ancestors 'none'`);
    context.header("x-content-type-options", "nosniff");
    context.header("referrer-policy", "no-referrer");
  });
  app.get(caughtMailPath, (context, next) => {
    const { mailUrl } = peers();
    return mailUrl === undefined ? next() : Promise.resolve(context.redirect(mailUrl));
  });
  const files = serveStatic({
    root: folder,
    onFound: (path, context) => {
      const immutable = path.startsWith(join(folder, "assets"));
      context.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("*", files);
  // A route of the page is answered by the page; what looks like a file is one that is not there.
  app.get("*", async (context, next) =>
    extname(context.req.path) === ""
      ? serveStatic({
          root: folder,
          path: "index.html",
          onFound: (_, found) => found.header("cache-control", "no-cache"),
        })(context, next)
      : context.notFound(),
  );
  app.all("*", (context) => context.body(null, 405, { allow: "GET, HEAD" }));
  return app;
}

/** Serves the folder, and the API behind it. `peers` is asked at each request. */
export async function serveConsole(
  { port, folder = dist }: { port: number; folder?: string },
  peers: () => ConsolePeers,
): Promise<ConsoleServer> {
  const answer = getRequestListener(createConsole(folder, peers).fetch);
  const server = createServer((request, response) => {
    const [path = ""] = (request.url ?? "/").split("?", 1);
    if (isApiPath(path)) forward(request, response, peers().apiUrl);
    else void answer(request, response);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  const address = server.address() as AddressInfo;
  return {
    // By a name: browsers give passkeys to names alone.
    url: `http://localhost:${address.port}`,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}
