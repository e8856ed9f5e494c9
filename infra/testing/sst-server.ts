/**
 * The part of SST's command line that the platform asks for while a configuration runs: where the deployment keeps its
 * assets (made up), and the bundle of each function (real, with esbuild and the options that the function names).
 */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import * as z from "zod";

const Request = z.object({ method: z.string(), params: z.tuple([z.record(z.string(), z.unknown())]) });
const BuildInput = z.object({
  functionID: z.string(),
  handler: z.string(),
  runtime: z.string().optional(),
  properties: z.object({
    minify: z.boolean().optional(),
    splitting: z.boolean().optional(),
    esbuild: z.strictObject({ keepNames: z.boolean() }).optional(),
  }),
});

/** The same banner that SST gives an ES module, for packages that still call `require`. */
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

async function bundle(input: z.infer<typeof BuildInput>, folders: { root: string; out: string }) {
  const { dir, name } = path.parse(input.handler);
  // `folder/file.export` for Lambda, `folder/file.ts` for Cloudflare.
  const source = path.join(folders.root, dir, `${name}.ts`);
  const out = path.join(folders.out, input.functionID);
  if (!existsSync(source)) {
    return { handler: "", out, errors: [`${input.functionID}: no source at ${source}`], sourcemaps: [] };
  }
  // Not among what Lambda would load.
  if (input.runtime === "worker") {
    return bundleWorker(source, path.join(path.dirname(folders.out), "workers", input.functionID));
  }
  await build({
    entryPoints: [source],
    outdir: path.join(out, dir),
    outExtension: { ".js": ".mjs" },
    splitting: input.properties.splitting ?? false,
    bundle: true,
    platform: "node",
    target: "es2024",
    format: "esm",
    mainFields: ["module", "main"],
    minify: input.properties.minify ?? false,
    ...input.properties.esbuild,
    banner: { js: banner },
    logLevel: "silent",
  });
  return { handler: input.handler, out, errors: [], sourcemaps: [] };
}

/** For Cloudflare: one file, whose name is the handler. @param source the entry, with a default export */
async function bundleWorker(source: string, out: string) {
  await build({
    entryPoints: [source],
    outfile: path.join(out, "worker.js"),
    bundle: true,
    format: "esm",
    minify: true,
    keepNames: true,
    conditions: ["workerd", "worker"],
    external: ["node:*"],
    logLevel: "silent",
  });
  return { handler: "worker.js", out, errors: [], sourcemaps: [] };
}

async function answer(request: IncomingMessage, folders: { root: string; out: string }) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, params } = Request.parse(JSON.parse(Buffer.concat(chunks).toString()));
  switch (method) {
    case "Provider.Aws.Bootstrap":
      return { asset: "sst-asset", assetEcrRegistryId: "", assetEcrUrl: "", state: "sst-state" };
    case "Runtime.Build":
      return bundle(BuildInput.parse(params[0]), folders);
    default:
      throw new Error(`rpc: can't find ${method}`);
  }
}

/** Listens on a free loopback port. */
export async function startSstServer(folders: { root: string; out: string }) {
  const server = createServer((request, response) => {
    answer(request, folders).then(
      (result) => response.end(JSON.stringify({ result })),
      (error: unknown) =>
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) })),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
