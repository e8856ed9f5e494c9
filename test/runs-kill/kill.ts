/**
 * `npm run runs:kill -- --items 10000 --kills 30 --seed 1 --model yolov8n`: one folder imported twice, by two accounts; once
 * in peace, and once while workers die by SIGKILL. Both must end the same: root, ledger, one look and one leaf for each item.
 * `--model` also takes the path of an .onnx file.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pass } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startTestServer } from "../../scripts/test-server.ts";
import { createWorld, type Running, type World } from "../walk/world.ts";
import { makeVariants } from "./make-variants.ts";

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "10000" },
    kills: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    model: { type: "string", default: "yolov8n" },
  },
});
const [items, kills, seed] = [Number(values.items), Number(values.kills), Number(values.seed)];
assert.ok(Number.isInteger(items) && items >= 1, `--items must be a count, got ${values.items}`);
assert.ok(Number.isInteger(kills) && kills >= 0, `--kills must be a count, got ${values.kills}`);
assert.ok(Number.isInteger(seed) && seed >= 1, `--seed must be 1 or more, got ${values.seed}`);

const command = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
const workers = 2;
/** After so much of the run nobody is killed any more: the rest may end before the next kill. */
const lastShareMax = 0.9;
const momentMsMax = 3_000;
const pollMs = 200;
/** Work that a dead worker held comes back after so long. */
const visibilitySeconds = 5;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** xorshift32 (G. Marsaglia, 2003). @returns 0..1 */
function generator(state: number): () => number {
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

type Member = { accountId: string; token: string; apiUrl: string };
type Outcome = {
  root: string;
  ends: Record<string, number>;
  accepted: number;
  open: number;
  seconds: number;
};

/** @throws with what it said when it did not end well */
async function vigil({ apiUrl, token }: Member, ...args: string[]): Promise<string> {
  const asked = [command, ...args, ...(args[0] === "verify" ? [] : ["--url", apiUrl, "--token", token])];
  const child = spawn(process.execPath, asked, { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    err += text.toString();
    for (const line of text.toString().split("\n")) {
      if (/^(taken in|inspected): /.test(line)) say(`  ${line}`);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  assert.equal(code, 0, `vigil ${args[0]} ended with ${code}: ${out}${err}`);
  return out;
}

/** Imports, seals, verifies offline, and looks that each item is there once. */
async function takeThrough(world: World, member: Member, folder: string): Promise<Outcome> {
  const beganAt = performance.now();
  const told = await vigil(member, "import", folder, "--source", "street");
  const seconds = (performance.now() - beganAt) / 1000;
  const id = /run_[0-9a-f]{32}/.exec(told)?.[0] ?? "";
  const to = await mkdtemp(join(tmpdir(), "vigil-kill-sealed-"));
  try {
    const fetched = await vigil(member, "manifest", id, "--to", to, "--seal");
    const verified = await vigil(member, "verify", to, "--key", /signed by (\S+)/.exec(fetched)?.[1] ?? "");
    await assertEachOnce(world, member, { id, to });
    const answer = await fetch(`${member.apiUrl}/v1/runs/${id}`, {
      headers: { authorization: `Bearer ${member.token}` },
    });
    const run = (await answer.json()) as Pick<Outcome, "ends" | "accepted" | "open">;
    return { ...run, root: /root ([0-9a-f]{64})/.exec(verified)?.[1] ?? "", seconds };
  } finally {
    await rm(to, { recursive: true, force: true });
  }
}

async function assertEachOnce(
  { base }: World,
  { accountId }: Member,
  { id, to }: { id: string; to: string },
): Promise<void> {
  const { segments } = JSON.parse(await readFile(join(to, "manifest.json"), "utf8")) as {
    segments: { name: string }[];
  };
  const numbers: number[] = [];
  for (const { name } of segments) {
    const lines = (await readFile(join(to, name), "utf8")).split("\n").filter((line) => line !== "");
    numbers.push(
      ...lines.map((line) => (JSON.parse(line.slice(line.indexOf(" ") + 1)) as { no: number }).no),
    );
  }
  assert.deepEqual(
    numbers,
    Array.from({ length: items }, (_, no) => no),
    "each number has one leaf, in order",
  );
  const [counts] = await base.owner<{ contents: number; inspections: number; open: number }[]>`select
    (select count(distinct sha256)::int from run_item where run_id = ${id}) as contents,
    (select count(*)::int from inspection where account_id = ${accountId}) as inspections,
    (select count(*)::int from run_chunk where run_id = ${id} and state <> 'ended') as open`;
  assert.equal(counts?.inspections, counts?.contents, "each content was inspected once");
  assert.equal(counts?.open, 0, "every chunk has ended");
}

function assertLedger({ accepted, open, ends }: Outcome): void {
  assert.deepEqual([accepted, open], [items, 0]);
  assert.equal(
    Object.values(ends).reduce((sum, count) => sum + count, 0),
    items,
  );
  assert.deepEqual([ends.dead, ends.refused, ends.unreadable], [0, 0, 0]);
}

/**
 * Kills one worker after another, each when a share of the items of its own has ended and a moment of its own has passed, so
 * that all fall into the run however fast the machine is; and starts another in its place, until told to stop.
 */
async function killWorkers(
  start: () => Promise<Running>,
  running: Running[],
  { ended, done }: { ended: () => Promise<number>; done: AbortSignal },
): Promise<number> {
  const random = generator(seed);
  const shares = Array.from({ length: kills }, () => random() * lastShareMax).toSorted((a, b) => a - b);
  const wait = (ms: number) => pass(ms, undefined, { signal: done }).catch(() => undefined);
  let killed = 0;
  for (const share of shares) {
    while (!done.aborted && (await ended()) < share * items) await wait(pollMs);
    await wait(random() * momentMsMax);
    if (done.aborted) break;
    const place = Math.floor(random() * running.length);
    await running[place]?.kill("SIGKILL");
    killed += 1;
    say(`  killed ${killed} of ${kills}`);
    running[place] = await start();
  }
  return killed;
}

/** The store and the queues of the local stack hold a million small files as well as few; the folder is gone afterwards. */
async function compare(world: World, folder: string): Promise<void> {
  const api = await world.startApi({ LOG_LEVEL: "error" });
  const member = (index: number): Member => {
    const account = world.base.seeded.accounts[index];
    assert.ok(account);
    return { accountId: account.accountId, token: account.memberToken, apiUrl: api.url };
  };
  const start = () => world.startWorker(api.url, { visibilitySeconds, model: values.model });
  const running = await Promise.all(Array.from({ length: workers }, start));
  say("in peace");
  const calm = await takeThrough(world, member(2), folder);
  say("while workers die");
  const done = new AbortController();
  const ended = async () => {
    const [row] = await world.base.owner<{ count: number }[]>`select count(*)::int as count from run_item
      where account_id = ${member(1).accountId} and ending is not null`;
    return row?.count ?? 0;
  };
  const killing = killWorkers(start, running, { ended, done: done.signal });
  const disturbed = await takeThrough(world, member(1), folder).finally(() => done.abort());
  const killed = await killing;
  for (const outcome of [calm, disturbed]) assertLedger(outcome);
  assert.equal(disturbed.root, calm.root, "the roots are the same");
  const rate = ({ seconds }: Outcome) => `${(items / seconds).toFixed(1)} items/s, ${seconds.toFixed(0)} s`;
  say(`${items} items, ${workers} workers, ${values.model}
in peace           ${rate(calm)}
${`${killed} SIGKILLs`.padEnd(18)} ${rate(disturbed)}
root ${calm.root} both times; ends ${JSON.stringify(disturbed.ends)}; 0 lost, 0 twice`);
  assert.equal(killed, kills, `the run ended after ${killed} kills: take more items`);
}

const folder = await mkdtemp(join(tmpdir(), "vigil-kill-"));
try {
  const originals = await makeVariants(folder, items);
  say(`${items} pictures made of ${originals}`);
  await using server = await startTestServer();
  process.env.TEST_DATABASE_URL = server.url;
  const world = await createWorld();
  try {
    await compare(world, folder);
  } finally {
    await world.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
