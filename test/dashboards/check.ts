/**
 * `npm run check:dashboards`: Prometheus scrapes a real API and a real worker while an event becomes a digest, and every query of
 * every dashboard is asked of it. It needs the program `prometheus` (Debian: apt install prometheus); some minutes.
 */
import "../../scripts/help.ts";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringify } from "yaml";
import * as z from "zod";
import { dashboards } from "../../deploy/monitoring/dashboards.ts";
import { isInstalled } from "../../deploy/testing/is-installed.ts";
import { until } from "../../scripts/local/until.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { photograph } from "../walk/photograph.ts";
import { createSubscriber } from "../walk/subscriber.ts";
import { createWorld, type World } from "../walk/world.ts";

const scrapeSeconds = 2;
const readyMsMax = 180_000;
const rules = ["rules.yml", "promises.yml"].map((file) =>
  fileURLToPath(new URL(`../../deploy/prometheus/${file}`, import.meta.url)),
);
const vigil = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
/** What nothing happened of: series that begin with the first fault. */
const seldom = new Set(["Retries", "Spared"]);

const Answer = z.object({ status: z.literal("success"), data: z.object({ result: z.array(z.unknown()) }) });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("expected a port");
  return address.port;
}

async function startPrometheus(folder: string, targets: Record<string, string>) {
  const config = join(folder, "prometheus.yml");
  const scrapes = Object.entries(targets).map(([name, url]) => ({
    job_name: name,
    static_configs: [{ targets: [new URL(url).host] }],
  }));
  const global = { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: `${scrapeSeconds}s` };
  await writeFile(config, stringify({ global, rule_files: rules, scrape_configs: scrapes }));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    "prometheus",
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    { stdio: "ignore", env: { PATH: process.env["PATH"] } },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    /** How many series answer. */
    ask: async (query: string): Promise<number> => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
      const body: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${query}: ${JSON.stringify(body)}`);
      return Answer.parse(body).data.result.length;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** An event becomes a digest, a folder a run, and somebody asks for what is not there. */
async function makeTraffic(world: World, apiUrl: string, folder: string): Promise<void> {
  const account = world.base.seeded.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account of the tier pro");
  const home = createSubscriber(apiUrl, account);
  const pictures = [await photograph("manInLane"), await photograph("dogOnLawn")];
  const { sessionId } = await home.postMultipart(pictures);
  await home.digestOf(sessionId, readyMsMax);
  for (const { name, bytes } of pictures) await writeFile(join(folder, name), bytes);
  const asked = ["import", folder, "--source", "check", "--url", apiUrl, "--token", account.memberToken];
  await promisify(execFile)(process.execPath, [vigil, ...asked], { timeout: readyMsMax });
  await fetch(`${apiUrl}/v1/nothing`);
}

async function check(): Promise<number> {
  await using server = await startTestServer();
  process.env["TEST_DATABASE_URL"] = server.url;
  const folder = await mkdtemp(join(tmpdir(), "vigil-dashboards-"));
  const world = await createWorld();
  let prometheus: Awaited<ReturnType<typeof startPrometheus>> | undefined;
  try {
    const api = await world.startApi();
    const worker = await world.startWorker(api.url);
    prometheus = await startPrometheus(folder, { "vigil-api": api.url, "vigil-worker": worker.url });
    const { ask } = prometheus;
    await makeTraffic(world, api.url, folder);
    let empty = 0;
    for (const { title, rows } of dashboards) {
      process.stdout.write(`\n${title}\n`);
      for (const panel of rows.flatMap((row) => row.panels)) {
        for (const query of Object.values(panel.queries)) {
          const series = await until(async () => (await ask(query)) || undefined, {
            withinMs: seldom.has(panel.title) ? 1 : 60_000,
            everyMs: 1_000,
            because: query,
          }).catch((error: unknown) => {
            if (error instanceof Error && error.message.includes(query)) return 0;
            throw error;
          });
          if (series === 0 && !seldom.has(panel.title)) empty += 1;
          process.stdout.write(`  ${series === 0 ? "-" : "✔"} ${panel.title}: ${series} series\n`);
        }
      }
    }
    process.stdout.write(empty === 0 ? "\nEvery query answers.\n" : `\n${empty} queries have no answer.\n`);
    return empty === 0 ? 0 : 1;
  } finally {
    await prometheus?.stop();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (isInstalled("prometheus")) process.exitCode = await check();
else {
  process.stderr.write("prometheus is not installed (Debian: apt install prometheus)\n");
  process.exitCode = 2;
}
