/** `vigil import`: the pictures of a folder, a list or a bucket become a run that is inspected and grouped. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type Client, listAll, type Schemas, settled } from "@vigil/client";
import { type Connection, connect } from "./config.ts";
import { listBucket, readBucketAddress } from "./list-bucket.ts";
import { listPictures } from "./list-pictures.ts";
import { clear, onlyOne, Unclear } from "./options.ts";
import type { Listing } from "./picture.ts";
import { startProgress } from "./progress.ts";
import { again, pause, sendItems } from "./send-items.ts";

type Run = Schemas["Run"];

const pollMs = 500;
const interruptedCode = 130;

export async function importPictures(args: readonly string[]): Promise<number> {
  const { place, source, options } = readOptions(args);
  const stop = stopOnInterrupt();
  let isOpen = false;
  try {
    const listing = await list(place, stop.signal);
    tellListing(listing);
    if (options["dry-run"]) return 0;
    if (listing.pictures.length === 0) throw new Unclear(`${place} holds no picture`);
    const connection = await connect(options);
    const run = await openRun(connection.client, source, options.resume);
    isOpen = true;
    process.stderr.write(`run ${run.id} of ${source}\n`);
    const id = await takeIn(connection.client, run, listing, stop.signal);
    const done = await waitUntilDone(connection.client, id, stop.signal);
    return await tellEnd(connection, done, options.seal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    const kept = "What was taken in is kept; the same command with --resume goes on.";
    process.stderr.write(`\nInterrupted. ${isOpen ? kept : "Nothing was taken in."}\n`);
    return interruptedCode;
  } finally {
    stop.end();
  }
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = clear(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        source: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        resume: { type: "boolean", default: false },
        seal: { type: "boolean", default: false },
        url: { type: "string" },
        token: { type: "string" },
      },
    }),
  );
  const { source, ...options } = values;
  if (source === undefined) throw new Unclear("say whose pictures these are: --source NAME");
  return { place: onlyOne("folder, list or bucket", positionals), source, options };
}

/** The first Ctrl-C ends in order, the second at once. */
function stopOnInterrupt(): { signal: AbortSignal; end: () => void } {
  const stopping = new AbortController();
  const onInterrupt = () => {
    if (stopping.signal.aborted) process.exit(interruptedCode);
    stopping.abort(new Error("interrupted"));
  };
  process.on("SIGINT", onInterrupt);
  return { signal: stopping.signal, end: () => process.off("SIGINT", onInterrupt) };
}

async function list(place: string, signal: AbortSignal): Promise<Listing> {
  const bucket = readBucketAddress(place);
  if (!bucket) return listPictures(place);
  const progress = startProgress("found");
  try {
    return await listBucket(bucket, { signal, onLooked: (found) => progress.show(found) });
  } finally {
    progress.end();
  }
}

function tellListing({ pictures, skipped }: Listing): void {
  const megabytes = pictures.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  process.stderr.write(`${pictures.length} pictures, ${megabytes.toFixed(1)} MB\n`);
  for (const { name, why } of skipped) process.stderr.write(`left out: ${name}: ${why}\n`);
}

/** @param isResumed go on with the newest run of the source that is under way */
async function openRun(client: Client, source: string, isResumed: boolean): Promise<Run> {
  if (isResumed) {
    const underWay = ["listing", "running", "grouping"];
    for await (const run of listAll((query) => client.GET("/v1/runs", { params: { query } }))) {
      if (run.source === source && underWay.includes(run.state)) return run;
    }
    throw new Unclear(`no run of ${source} is under way: leave --resume out`);
  }
  const header = { "idempotency-key": randomUUID() };
  return settled(client.POST("/v1/runs", { params: { header }, body: { source } }));
}

/** @returns the run's id, once all of it is named */
async function takeIn(client: Client, run: Run, { pictures }: Listing, signal: AbortSignal): Promise<string> {
  if (run.state !== "listing") return run.id;
  const progress = startProgress("taken in");
  try {
    await sendItems(client, run.id, pictures, {
      signal,
      onPage: ({ accepted, uploaded }) => progress.show(accepted, pictures.length, `${uploaded} uploaded`),
    });
  } finally {
    progress.end();
  }
  await again(signal, () => act(client, run.id, "finish-listing"));
  return run.id;
}

function act(client: Client, id: string, action: Schemas["RunAction"]): Promise<Run> {
  return settled(client.POST("/v1/runs/{id}/actions", { params: { path: { id } }, body: { action } }));
}

/** Until people can look at its groups, or it was cancelled. */
async function waitUntilDone(client: Client, id: string, signal: AbortSignal): Promise<Run> {
  const progress = startProgress("inspected");
  try {
    for (;;) {
      const run = await again(signal, () =>
        settled(client.GET("/v1/runs/{id}", { params: { path: { id } }, signal })),
      );
      progress.show(run.accepted - run.open, run.accepted, run.isPaused ? "paused" : describeEnds(run));
      if (["review", "sealed", "cancelled"].includes(run.state)) return run;
      await pause(pollMs, signal);
      signal.throwIfAborted();
    }
  } finally {
    progress.end();
  }
}

function describeEnds({ ends }: Run): string {
  const named = Object.entries(ends).filter(([, count]) => count > 0);
  return named.map(([end, count]) => `${count} ${end}`).join(", ");
}

async function tellEnd({ client, consoleUrl }: Connection, run: Run, isSealed: boolean): Promise<number> {
  const last = isSealed && run.state === "review" ? await act(client, run.id, "seal") : run;
  const version = last.manifestVersion === null ? "" : `, version ${last.manifestVersion} of its source`;
  process.stdout.write(
    `${last.id}: ${last.state}${version}: ${last.accepted} items: ${describeEnds(last)}\n`,
  );
  if (consoleUrl) process.stdout.write(`${consoleUrl}/runs/${last.id}\n`);
  return last.state === "cancelled" || last.ends.dead > 0 ? 1 : 0;
}
