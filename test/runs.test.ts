/** Runs from a member's terminal to a verified manifest, with the real API, store, queue and workers, which die on the way. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { obtain } from "../gpu-worker/src/model/index.ts";
import { cacheDir } from "../gpu-worker/testing/cache-dir.ts";
import { samplePhotographs } from "../gpu-worker/testing/sample-photographs.ts";
import { consentTo } from "../packages/core/testing/consents.ts";
import { environmentWith } from "../scripts/config.ts";
import { until } from "../scripts/local/until.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

const command = fileURLToPath(new URL("../packages/cli/src/main.ts", import.meta.url));
const pictures = 24;

/** Real photographs, each some times with its brightness changed: copies of one are to be found. */
async function makePictures(folder: string): Promise<void> {
  const photographs = await Promise.all(
    (["manInLane", "carPark", "nightStreet", "dogOnLawn"] as const).map(async (name) =>
      readFile(await obtain(samplePhotographs[name].file, { cacheDir })),
    ),
  );
  for (let no = 0; no < pictures; no += 1) {
    const photograph = photographs[no % photographs.length] ?? Buffer.alloc(0);
    const brightness = 1 + Math.floor(no / photographs.length) * 0.02;
    const varied = sharp(photograph).resize({ width: 640 }).modulate({ brightness });
    await writeFile(join(folder, `${String(no).padStart(3, "0")}.jpg`), await varied.jpeg().toBuffer());
  }
  await writeFile(join(folder, "notes.txt"), "no picture");
}

type Ended = { code: number | null; out: string; err: string };

describe("a run, from the terminal", () => {
  let world: World;
  let api: Running;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-runs-"));
    await makePictures(folder);
    world = await createWorld();
    await consentTo(world.base, ["reidentification"]);
    api = await world.startApi();
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(account: number, ...args: string[]) {
    const token = world.base.seeded.accounts[account]?.memberToken ?? "";
    const asked = [command, ...args, ...(args[0] === "verify" ? [] : ["--url", api.url, "--token", token])];
    const child = spawn(process.execPath, asked, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 300_000,
      env: environmentWith(world.store.environment),
    });
    const ended: Ended = { code: null, out: "", err: "" };
    child.stdout.on("data", (text: Buffer) => {
      ended.out += text.toString();
    });
    child.stderr.on("data", (text: Buffer) => {
      ended.err += text.toString();
    });
    const done = new Promise<Ended>((resolve) => {
      child.once("close", (code) => resolve({ ...ended, code }));
    });
    return { child, done, ended };
  }

  async function vigil(account: number, ...args: string[]): Promise<Ended> {
    return start(account, ...args).done;
  }

  async function sealedInto(
    account: number,
    out: string,
  ): Promise<{ to: string; key: string; root: string }> {
    const id = /run_[0-9a-f]{32}/.exec(out)?.[0] ?? "";
    const to = join(folder, `.sealed-${account}`);
    const fetched = await vigil(account, "manifest", id, "--to", to, "--seal");
    assert.equal(fetched.code, 0, fetched.err);
    const key = /signed by (\S+)/.exec(fetched.out)?.[1] ?? "";
    const verified = await vigil(account, "verify", to, "--key", key);
    assert.equal(verified.code, 0, verified.out + verified.err);
    return { to, key, root: /root ([0-9a-f]{64})/.exec(verified.out)?.[1] ?? "" };
  }

  it("says what there is to take in, and what is none, without sending anything", async () => {
    const told = await vigil(2, "import", folder, "--source", "street", "--dry-run");
    assert.equal(told.code, 0, told.err);
    assert.match(told.err, /24 pictures/);
    assert.match(told.err, /left out: notes\.txt: no JPEG/);
    assert.equal((await vigil(2, "import", folder)).code, 2, "whose pictures they are must be said");
  });

  it("ends with the same root when workers are killed and the import is interrupted, and a changed byte is found", async () => {
    const first = await world.startWorker(api.url);
    const calm = await vigil(2, "import", folder, "--source", "street");
    assert.equal(calm.code, 0, calm.err);
    assert.match(calm.out, /review: 24 items: 24 inspected/);
    const undisturbed = await sealedInto(2, calm.out);
    await first.kill("SIGKILL");

    const doomed = await world.startWorker(api.url, { visibilitySeconds: 5 });
    const interrupted = start(1, "import", folder, "--source", "street");
    await until(async () => (/inspected: /.test(interrupted.ended.err) ? true : undefined), {
      withinMs: 180_000,
      everyMs: 50,
      because: "nothing was taken in",
    });
    interrupted.child.kill("SIGINT");
    assert.equal((await interrupted.done).code, 130);
    await doomed.kill("SIGKILL");
    await world.startWorker(api.url, { visibilitySeconds: 5 });
    const resumed = await vigil(1, "import", folder, "--source", "street", "--resume");
    assert.equal(resumed.code, 0, resumed.err);
    assert.match(resumed.out, /review: 24 items: 24 inspected/);
    const disturbed = await sealedInto(1, resumed.out);
    assert.equal(disturbed.root, undisturbed.root);

    const [segment = ""] = (await readdir(disturbed.to)).filter((name) => name !== "manifest.json");
    const bytes = await readFile(join(disturbed.to, segment));
    const at = bytes.indexOf('"no":7') + '"no":'.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(join(disturbed.to, segment), bytes);
    const broken = await vigil(1, "verify", disturbed.to, "--key", disturbed.key);
    assert.equal(broken.code, 1);
    assert.match(broken.out, /leaf 7: does not match its hash/);
  });

  it("reads a bucket below a prefix, and finds there what it knows", async () => {
    const { bucket, environment } = world.store;
    const store = new S3Client({
      endpoint: world.storeUrl,
      region: "auto",
      forcePathStyle: true,
      credentials: {
        accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
        secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
      },
    });
    for (const name of ["000.jpg", "023.jpg", "notes.txt"]) {
      const Body = await readFile(join(folder, name));
      await store.send(new PutObjectCommand({ Bucket: bucket, Key: `archive/2026/${name}`, Body }));
    }
    store.destroy();
    const read = await vigil(2, "import", `s3://${bucket}/archive/`, "--source", "bucket");
    assert.equal(read.code, 0, read.err);
    assert.match(read.err, /left out: archive\/2026\/notes\.txt: no JPEG/);
    assert.match(read.out, /review: 2 items: 2 reused/);
    const elsewhere = await vigil(2, "import", "s3://not-there/archive", "--source", "bucket");
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.err, /s3:\/\/not-there\/archive cannot be listed: NoSuchBucket/);
  });

  it("looks at nothing twice, and shows copies of one photograph as one group", async () => {
    const again = await vigil(2, "import", folder, "--source", "street");
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /review: 24 items: 24 reused/);
    assert.match(again.err, /\(0 uploaded\)/);
    const id = /run_[0-9a-f]{32}/.exec(again.out)?.[0] ?? "";
    const token = world.base.seeded.accounts[2]?.memberToken ?? "";
    const answer = await fetch(`${api.url}/v1/runs/${id}/groups`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const run = await fetch(`${api.url}/v1/runs/${id}`, { headers: { authorization: `Bearer ${token}` } });
    const { comparedBy } = (await run.json()) as { comparedBy: string };
    assert.equal(comparedBy, "hashes-and-embeddings");
    const { groups } = (await answer.json()) as { groups: { size: number; items: { no: number }[] }[] };
    assert.deepEqual(
      groups.map(({ size, items }) => [size, new Set(items.map(({ no }) => no % 4)).size]),
      Array.from({ length: 4 }, () => [6, 1]),
    );
  });
});
