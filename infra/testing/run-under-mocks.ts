/**
 * Runs the real `sst.config.ts` as the SST command line would, with Pulumi's mocks in the place of the cloud, in a
 * process of its own.
 *
 * @example
 *   const { resources, outputs } = await runUnderMocks({ stage: "production" });
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { createSigningKey, publicKeyOf } from "../../packages/core/src/review/job-signature.ts";
import type { MockedResource } from "./mocked-resource.ts";
import { startSstServer } from "./sst-server.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const platform = path.join(repository, ".sst/platform");

/** Of nothing but these runs: made for them, as an operator would. */
const jobSigningKey = createSigningKey();

export const platformIsInstalled = existsSync(path.join(platform, "node_modules/@pulumi/pulumi"));

/** A root that a deployment may build the console in without touching the working tree. */
async function mirrorRepository(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "vigil-infra-"));
  for (const folder of ["node_modules", "packages", "functions", "infra", "package.json"]) {
    await symlink(path.join(repository, folder), path.join(root, folder));
  }
  await cp(path.join(repository, "web"), path.join(root, "web"), {
    recursive: true,
    filter: (source) => !/(^|\/)(node_modules|dist)$/.test(path.relative(repository, source)),
  });
  return root;
}

/** The program that Pulumi would run, put together as SST puts it together. */
function program(resultFile: string) {
  return `
    import { installMocks } from "${repository}/infra/testing/mocks.ts";
    import { run } from "${platform}/src/auto/run.ts";
    import config from "${repository}/sst.config.ts";
    import * as aws from "@pulumi/aws";
    import * as sst from "${platform}/src/components";
    import { writeFile } from "node:fs/promises";
    Object.assign(globalThis, { aws, sst });
    const resources = await installMocks();
    let outputs = {};
    await $util.runtime.runInPulumiStack(async () => { outputs = await run(config.run); return outputs; });
    await $util.runtime.disconnect();
    const settled = await new Promise((resolve) => $util.output(outputs).apply(resolve));
    await writeFile("${resultFile}", JSON.stringify({ resources, outputs: settled, app: await config.app({ stage: $app.stage }) }));
    process.exit(0);`;
}

export type MockedDeployment = {
  /** The public half of the key that jobs are signed with. */
  jobPublicKey: string;
  resources: MockedResource[];
  outputs: Record<string, unknown>;
  app: Record<string, unknown>;
  bundles: Bundle[];
  /** The zip archive that the API's code would be uploaded as. */
  apiArchive: Buffer;
  /** The files of the console as it was built. */
  console: { files: string[]; page: string };
};

/** A function as Lambda would load it, with the environment that it is deployed with. */
export type Bundle = { name: string; bytes: number; loadMs: number; handler: string };

/** Prints how long the module took to load, and what its `handler` is. What streams asks for Lambda's runtime as it is loaded. */
const loader = `
  globalThis.awslambda = { streamifyResponse: (handler) => handler };
  const startedAt = performance.now();
  const module = await import(process.argv[1]);
  process.stdout.write(JSON.stringify({ loadMs: performance.now() - startedAt, handler: typeof module.handler }));
  process.exit(0);`;

async function inspectBundles(folder: string, resources: MockedResource[]): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  for (const name of await readdir(folder)) {
    const files = await readdir(path.join(folder, name), { recursive: true, withFileTypes: true });
    // Beside it lie the files that it loads lazily, named after their content.
    const script = files.find(
      (file) => /^[a-z-]+\.mjs$/.test(file.name) && !/^chunk-|-[A-Z0-9]{8}\.mjs$/.test(file.name),
    );
    if (!script) throw new Error(`${name} has no bundle`);
    const file = path.join(script.parentPath, script.name);
    const deployed = resources.find((each) => each.name === `${name}Function`)?.inputs["environment"] as
      | { variables: Record<string, string> }
      | undefined;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "-e", loader, file],
      { env: { ...deployed?.variables, AWS_REGION: "eu-west-2" }, timeout: 60_000 },
    );
    const { size: bytes } = await stat(file);
    bundles.push({ name, bytes, ...(JSON.parse(stdout) as Pick<Bundle, "loadMs" | "handler">) });
  }
  return bundles;
}

async function readConsole(dist: string) {
  const page = await readFile(path.join(dist, "index.html"), "utf8");
  return { files: await readdir(dist, { recursive: true }), page };
}

/** As SST bundles it: its shim injected, the facts of the run defined, what the platform has installed left outside. */
async function bundleProgram(options: {
  outfile: string;
  contents: string;
  define: Record<string, unknown>;
}) {
  const entries = Object.entries(options.define).map(([name, value]) => [name, JSON.stringify(value)]);
  await build({
    stdin: { contents: options.contents, resolveDir: repository, loader: "ts", sourcefile: "under-mocks.ts" },
    outfile: options.outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["@pulumi/*", "@aws-sdk/*", "undici", "esbuild"],
    inject: [path.join(platform, "src/shim/run.js")],
    define: Object.fromEntries(entries) as Record<string, string>,
    banner: {
      js: [
        'import { createRequire as topLevelCreateRequire } from "node:module";',
        "const require = topLevelCreateRequire(import.meta.url);",
        "const __dirname = import.meta.dirname;",
      ].join("\n"),
    },
    logLevel: "silent",
  });
}

export async function runUnderMocks(options: {
  stage: string;
  environment?: Record<string, string>;
}): Promise<MockedDeployment> {
  const root = await mirrorRepository();
  const bundles = path.join(root, "bundles");
  const resultFile = path.join(root, "result.json");
  const outfile = path.join(platform, `under-mocks-${path.basename(root)}.mjs`);
  const server = await startSstServer({ root: repository, out: bundles });
  const paths = { home: root, root, work: path.join(root, ".sst"), platform };
  try {
    await bundleProgram({
      outfile,
      contents: program(resultFile),
      define: {
        $app: { name: "vigil", stage: options.stage, removal: "remove", protect: false },
        $cli: { command: "deploy", dev: false, paths, state: { version: {} } },
        $dev: false,
      },
    });
    await promisify(execFile)(process.execPath, ["--no-warnings", outfile], {
      timeout: 300_000,
      env: {
        ...process.env,
        SST_SERVER: server.url,
        SST_SECRET_DatabaseUrl: "postgres://vigil_app:secret@db.example.com/vigil",
        SST_SECRET_JobSigningKey: jobSigningKey,
        SST_SECRET_DeliverySecret: "a-secret-of-the-tests-that-is-long-enough",
        SST_SECRET_SignInSecret: "a-secret-of-sign-in-that-is-long-enough",
        SST_SECRET_SignInDatabaseUrl: "postgres://vigil_sign_in:secret@db.example.com/vigil",
        SST_SECRET_ScraperKey: "key-of-the-metrics-in-tests",
        ...options.environment,
      },
    });
    const ran = JSON.parse(await readFile(resultFile, "utf8")) as Pick<
      MockedDeployment,
      "resources" | "outputs" | "app"
    >;
    return {
      ...ran,
      jobPublicKey: publicKeyOf(jobSigningKey),
      bundles: await inspectBundles(bundles, ran.resources),
      apiArchive: await readFile(path.join(paths.work, "artifacts/Api/code.zip")),
      console: await readConsole(path.join(root, "web/dist")),
    };
  } finally {
    await server.close();
    await rm(outfile, { force: true });
    await rm(root, { recursive: true, force: true });
  }
}
