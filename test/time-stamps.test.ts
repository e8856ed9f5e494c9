/** Time stamps of the evidence log, by an authority that signs for real and errs as it is told. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  appendToLog,
  exportDigest,
  getCheckpoint,
  reportDigest,
  requestReview,
  stampLog,
} from "@vigil/core/flow";
import { verifyBundle } from "@vigil/verify/bundle";
import { verifyTimeStamp } from "@vigil/verify/time-stamp";
import { unzipSync } from "fflate";
import { timeAuthority } from "../functions/src/time-stamps/authority.ts";
import { type Behaviour, startTimeAuthority } from "../functions/testing/time-authority.ts";
import { createTestDatabase, type TestDatabase } from "../packages/core/testing/database.ts";
import { image } from "../packages/core/testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../packages/core/testing/walk.ts";

describe("a time stamp of a signed state of the evidence log", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let server: Awaited<ReturnType<typeof startTimeAuthority>>;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    server = await startTimeAuthority();
  });
  after(async () => {
    await server.close();
    await base.close();
  });

  const asking = (msMax = 8_000) => timeAuthority({ url: server.url, loopback: true, msMax });
  let seed = 0;
  /** The log grows by a picture. */
  async function grow() {
    seed += 1;
    await walk.post(walk.event({ type: "motion" }), [await image(`${seed}.jpg`, seed)]);
    assert.equal(await appendToLog(walk.services), 1);
  }
  const newest = () => getCheckpoint(walk.services);
  async function stamped(authority = asking()): Promise<number> {
    try {
      return await stampLog(walk.services, authority);
    } finally {
      await authority.close();
    }
  }
  /** By the clock of the test's services. */
  const become = (behaviour: Behaviour = {}) =>
    server.become({ at: walk.services.clock.now(), ...behaviour });

  it("is kept with it once it is right, and asked for once", async () => {
    become();
    await grow();
    assert.equal((await newest()).timeStamp, null);
    assert.equal(await stamped(), 1);
    const { note, timeStamp } = await newest();
    const stamp = await verifyTimeStamp(Buffer.from(timeStamp?.token ?? "", "base64"), Buffer.from(note));
    assert.ok("at" in stamp, JSON.stringify(stamp));
    assert.equal(stamp.authority, "Test authority");
    const askedBefore = server.asked;
    assert.equal(await stamped(), 0);
    assert.equal(server.asked, askedBefore);
  });

  it("is not taken of other bytes, of another question, of another time, or by who may not sign it", async () => {
    await grow();
    const late = new Date(walk.services.clock.now().getTime() - 3_600_000);
    const wrong: Behaviour[] = [
      { errs: "imprint" },
      { errs: "nonce" },
      { errs: "purpose" },
      { errs: "signature" },
      { errs: "refuses" },
      { errs: "garbage" },
      { errs: "too-long" },
      { at: late },
    ];
    for (const behaviour of wrong) {
      become(behaviour);
      assert.equal(await stamped(), 0, JSON.stringify(behaviour));
      assert.equal((await newest()).timeStamp, null, JSON.stringify(behaviour));
    }
    become();
    assert.equal(await stamped(), 1, "it is made up for");
  });

  it("is waited for by nobody: the log grows while its authority is silent or gone, and it comes later", async () => {
    become({ errs: "never" });
    await grow();
    assert.equal(await stamped(asking(200)), 0);
    await grow();
    assert.equal(await stamped(timeAuthority({ url: "http://127.0.0.1:1/", loopback: true })), 0);
    const refused = timeAuthority({ url: "http://169.254.169.254/", loopback: true });
    assert.equal(await stamped(refused), 0, "an address that is nobody's authority");
    const { size } = await newest();
    become();
    assert.equal(await stamped(), 2);
    assert.equal((await newest()).size, size);
    walk.services.clock.advance(25 * 3_600_000);
    await grow();
    walk.services.clock.advance(25 * 3_600_000);
    become();
    assert.equal(await stamped(), 0, "nobody stamps for now what was signed a day ago");
  });

  it("is in the bundle of a digest, and verifies offline; one that was changed is named", async () => {
    walk.services.clock.advance(600_000);
    become();
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("door.jpg", 900)]);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    await appendToLog(walk.services);
    assert.ok((await stamped()) >= 1);
    const { url } = await exportDigest(walk.services, { accountId: walk.accountId, actor: "test", digestId });
    const key = decodeURIComponent(new URL(url).pathname.slice(1));
    const zip = await walk.services.blobs.read(key, 10_000_000);
    assert.ok(zip);
    const files = new Map(Object.entries(unzipSync(zip)));
    const { publicKey } = await newest();
    const whole = await verifyBundle(files, [publicKey]);
    assert.deepEqual(whole.faults, []);
    assert.equal(whole.timeStamp?.authority, "Test authority");
    assert.equal(
      whole.timeStamp?.at.getTime(),
      Math.floor(walk.services.clock.now().getTime() / 1000) * 1000,
    );

    const custody = JSON.parse(Buffer.from(files.get("custody.json") ?? []).toString());
    const token = Buffer.from(custody.checkpoint.timeStamp.token, "base64");
    token[token.length - 1] = (token.at(-1) ?? 0) ^ 1;
    custody.checkpoint.timeStamp.token = token.toString("base64");
    files.set("custody.json", Buffer.from(JSON.stringify(custody)));
    const { faults, timeStamp } = await verifyBundle(files, [publicKey]);
    assert.ok(
      faults.some(({ part }) => part === "time stamp of the checkpoint"),
      JSON.stringify(faults),
    );
    assert.equal(timeStamp, undefined);
  });

  it("is one that openssl takes too, where it is installed", async (context) => {
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" }).toString();
    try {
      openssl("version");
    } catch {
      return context.skip("there is no openssl");
    }
    walk.services.clock.advance(600_000);
    become();
    await grow();
    await stamped();
    const { note, timeStamp } = await newest();
    const folder = mkdtempSync(join(tmpdir(), "time-stamp-"));
    const at = (name: string) => join(folder, name);
    try {
      writeFileSync(at("note"), note);
      writeFileSync(at("token"), Buffer.from(timeStamp?.token ?? "", "base64"));
      writeFileSync(at("authority.der"), server.certificate());
      openssl("x509", "-inform", "DER", "-in", at("authority.der"), "-out", at("authority.pem"));
      const files = ["-in", at("token"), "-data", at("note"), "-CAfile", at("authority.pem")];
      const said = openssl("ts", "-verify", "-token_in", ...files);
      assert.match(said, /OK/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
