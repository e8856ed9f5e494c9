import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { RecordingJob, RecordingReport } from "@vigil/core/check/wire";
import * as Id from "@vigil/core/id";
import { recordingBox as box, recordingFilm as film } from "../../../../packages/core/testing/recordings.ts";
import { signJob } from "../../../testing/signing.ts";
import { startTestPipe, type TestPipe } from "../../../testing/test-pipe.ts";
import { startTestWorld, type TestWorld } from "../../../testing/test-world.ts";
import { waitUntil } from "../../../testing/wait-until.ts";

/** A file with a signed statement, where C2PA's public test files lie beside this repository. */
const signed = fileURLToPath(
  new URL("../../../../../shared/authenticity/c2pa/c2pa-rs/video1.mp4", import.meta.url),
);

describe("a recording that was uploaded to be checked", () => {
  let world: TestWorld;
  let running: TestPipe;
  before(async () => {
    world = await startTestWorld();
  });
  after(() => world.close());
  beforeEach(() => {
    world.queues.server.reset();
    world.api.sourceOf = () => undefined;
    world.api.recordings.clear();
    running = startTestPipe(world.addresses);
  });
  afterEach(async () => {
    running.pipe.stop();
    await running.running;
    assert.deepEqual(world.api.faults, [], "every request was signed and of the right shape");
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith("recording-"));
    assert.deepEqual(left, [], "no file is left");
  });

  async function send(bytes: Buffer, announced = bytes): Promise<RecordingJob> {
    const job: RecordingJob = {
      v: 1,
      checkId: Id.create("check"),
      accountId: Id.create("account"),
      requestedAt: new Date().toISOString(),
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
    const path = `/uploads/${job.checkId}`;
    world.host.put(path, bytes, "application/octet-stream");
    const sha256 = createHash("sha256").update(announced).digest("hex");
    const others = world.api.sourceOf;
    world.api.sourceOf = (id) =>
      id === job.checkId ? { sha256, bytes: announced.length, ...world.host.url(path) } : others(id);
    await world.queues.bulk.send(signJob(job));
    return job;
  }

  async function reportOf({ checkId }: RecordingJob): Promise<RecordingReport> {
    await waitUntil(() => world.api.recordings.has(checkId), { what: `a report of ${checkId}` });
    const report = world.api.recordings.get(checkId);
    assert.ok(report);
    return report;
  }
  async function factsOf(bytes: Buffer) {
    const report = await reportOf(await send(bytes));
    assert.ok(report.outcome === "read", report.outcome);
    return report.facts;
  }

  it("is read for its kind, its length and its time, reported, and its message deleted", async () => {
    const whole = film(3_900_000_000);
    assert.deepEqual(await factsOf(whole), {
      contentType: "video/mp4",
      bytesStated: whole.length,
      madeAt: "2027-08-01T21:20:00.000Z",
      provenance: { status: "absent", codes: [] },
    });
    await waitUntil(() => world.queues.count("bulk") === 0, { what: "an empty queue" });
    assert.equal((await factsOf(Buffer.from("plain words"))).contentType, null);
  });

  it("has its statement of origin verified from the file", { skip: !existsSync(signed) }, async () => {
    const bytes = readFileSync(signed);
    assert.equal((await factsOf(bytes)).provenance.status, "valid-untrusted");
    const more = Buffer.concat([bytes, box("mdat", Buffer.alloc(3_000_000, 7))]);
    assert.equal((await factsOf(more)).provenance.status, "content-changed");
  });

  it("is told to be others, longer ones, or gone, and never read as what was announced", async () => {
    const whole = film(1);
    const other = Buffer.from(whole);
    other.fill(9, 40);
    assert.equal((await reportOf(await send(other, whole))).outcome, "other-bytes");
    const longer = Buffer.concat([whole, Buffer.alloc(10)]);
    assert.equal((await reportOf(await send(longer, whole))).outcome, "other-bytes");
    const gone = await send(whole);
    world.host.remove(`/uploads/${gone.checkId}`);
    assert.equal((await reportOf(gone)).outcome, "missing");
  });

  it("is fetched anew where its link has expired, and dropped where nobody wants it", async () => {
    const whole = film(1);
    const job = await send(whole);
    const lies = world.api.sourceOf;
    let asked = 0;
    world.api.sourceOf = (id) => {
      const found = lies(id);
      asked += 1;
      return found && asked === 1 ? { ...found, ...world.host.url(`/uploads/${job.checkId}`, -5) } : found;
    };
    assert.equal((await reportOf(job)).outcome, "read");
    assert.equal(asked, 2);
    const unwanted = await send(whole);
    world.api.sourceOf = () => undefined;
    await waitUntil(() => world.queues.count("bulk") === 0, { what: "an empty queue" });
    assert.equal(world.api.recordings.has(unwanted.checkId), false);
  });

  it("is looked at alone, however many there are", async () => {
    const jobs = await Promise.all([1, 2, 3, 4].map(() => send(film(1))));
    await Promise.all(jobs.map(reportOf));
    assert.equal(world.host.openMax(), 1);
  });

  it("ends whatever it holds: boxes within boxes, absurd sizes, marks of manifests that are none", async () => {
    const nested = Array.from({ length: 3_000 }).reduce<Buffer>(
      (inner) => box("moov", inner),
      Buffer.from("jumb c2pa"),
    );
    const absurd = Buffer.from("\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff jumb c2pa", "latin1");
    const start = box("ftyp", Buffer.from("isom"));
    const many = Buffer.concat(Array.from({ length: 200_000 }, () => box("moov")));
    for (const rest of [nested, absurd, many, Buffer.from("\0\0\0\x04moovjumb c2pa")]) {
      const { contentType, bytesStated } = await factsOf(Buffer.concat([start, rest]));
      assert.equal(contentType, "video/mp4");
      assert.ok(Number.isSafeInteger(bytesStated));
    }
    // What came before has ended nobody who reads.
    assert.equal((await factsOf(film(1))).contentType, "video/mp4");
  });
});
