/**
 * What reading a large recording costs: fetched over HTTP into a file, hashed, its container and its statement of origin read, one
 * after the other, as the worker does. The file is one of C2PA's public test files, with so many bytes behind its own that it is as
 * large as asked for: all of them are hashed, and it is told to have been changed.
 *
 *   npm run bench -- recordings --megabytes 100 --times 3
 */
import "../../scripts/help.ts";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { RecordingReport } from "@vigil/core/check/wire";
import * as Id from "@vigil/core/id";
import { createFetcher, createGuard } from "../src/pipe/preload/index.ts";
import { createRecordings } from "../src/pipe/recording/index.ts";

const { values } = parseArgs({
  options: {
    file: { type: "string", default: "../shared/authenticity/c2pa/c2pa-rs/video1.mp4" },
    megabytes: { type: "string", default: "100" },
    times: { type: "string", default: "3" },
  },
});
const line = (text: string) => process.stdout.write(`${text}\n`);

/** Writes it piece by piece: the bench itself must not hold it. */
async function make(path: string, bytes: number): Promise<string> {
  const start = await readFile(values.file);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes - start.length);
  head.write("mdat", 4, "latin1");
  const hash = createHash("sha256");
  await using file = await open(path, "w");
  const piece = Buffer.alloc(1024 * 1024, 0x5a);
  let left = bytes;
  for (const part of [start, head]) {
    await file.write(part);
    hash.update(part);
    left -= part.length;
  }
  while (left > 0) {
    const part = piece.subarray(0, Math.min(left, piece.length));
    await file.write(part);
    hash.update(part);
    left -= part.length;
  }
  return hash.digest("hex");
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-recordings-"));
  const bytes = Math.round(Number(values.megabytes) * 1e6);
  const path = join(folder, "recording.mp4");
  const sha256 = await make(path, bytes);
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes });
    void open(path).then((file) => file.createReadStream().pipe(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let report: RecordingReport | undefined;
  const recordings = createRecordings({
    api: {
      findRecording: async () => ({ sha256, bytes, url: `${origin}/`, expiresAt: new Date().toISOString() }),
      reportRecording: async (_job, told) => {
        report = told;
        return { status: "stored" };
      },
    },
    fetcher: createFetcher({
      guard: createGuard({ origins: [origin], privateAddresses: false }),
      connectionsPerHostMax: 1,
    }),
    folder,
    workerId: "bench",
    trustAnchors: "",
    onRetry: () => undefined,
  });
  const memory = () => process.memoryUsage.rss() / 1e6;
  const before = memory();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 20);
  const times: number[] = [];
  try {
    for (let time = 0; time < Number(values.times); time += 1) {
      const job = {
        v: 1,
        checkId: Id.create("check"),
        accountId: Id.create("account"),
        requestedAt: new Date().toISOString(),
        traceparent: "",
      } as const;
      const start = performance.now();
      const cpu = process.cpuUsage();
      await recordings.work(job, new AbortController().signal);
      const { user, system } = process.cpuUsage(cpu);
      times.push(performance.now() - start);
      const status = report?.outcome === "read" ? report.facts.provenance.status : report?.outcome;
      line(
        `${(times.at(-1) ?? 0).toFixed(0)} ms, ${((user + system) / 1000).toFixed(0)} of the processor: ${status}`,
      );
    }
  } finally {
    clearInterval(watch);
    await recordings.close();
    server.close();
    await rm(folder, { recursive: true });
  }
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  line(`${values.megabytes} MB: ${middle.toFixed(0)} ms (middle of ${times.length})`);
  line(`memory of the process: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most`);
}

if (existsSync(values.file)) await measure();
else line(`there is no file ${values.file}: name one with --file`);
