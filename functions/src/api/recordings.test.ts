/** Recordings that are uploaded to be checked: through the API as a member and as a worker, and whatever goes wrong on the way. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import {
  type CheckDashboard,
  type CheckView,
  RecordingJob,
  type RecordingSource,
  type UploadView,
} from "@vigil/core/check/wire";
import { buryMessage, dispatchRecordings, sweep } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { check as limits, queue } from "@vigil/core/limits";
import type { Page } from "@vigil/core/page";
import type { Message } from "@vigil/core/platform/queue";
import { recordingFilm } from "../../../packages/core/testing/recordings.ts";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

const film = recordingFilm(3_800_000_000);
const sha256 = createHash("sha256").update(film).digest("hex");
const facts = {
  contentType: "video/mp4",
  bytesStated: film.length,
  madeAt: "2024-05-29T11:33:20.000Z",
  provenance: { status: "absent", codes: [] },
};
const hour = 60 * 60 * 1000;

describe("recordings that are uploaded to be checked", () => {
  let api: TestApi;
  let key: string;
  let accountId: string;
  before(async () => {
    api = await createTestApi();
    ({ memberToken: key, accountId } = api.account("pro"));
  });
  after(() => api.close());
  // What a test has left open has ended by then, and another day's points are there.
  beforeEach(async () => {
    api.services.clock.advance(24 * hour);
    await api.base.owner`update authenticity_check set state = 'given-back' where state like 'awaiting-%'`;
    await api.base.owner`update authenticity_upload set ended_at = now() where ended_at is null`;
    for (const message of await received()) await api.services.bulk.delete(message);
  });

  const received = () =>
    api.services.bulk.receive({ messagesMax: 10, waitSeconds: 0, visibilitySeconds: 60 });
  const points = async () => {
    const answer = await api.call("GET", "/v1/authenticity/dashboard", { key });
    return ((await answer.json()) as CheckDashboard).allowance.used;
  };
  const lies = ({ id }: UploadView) => api.services.blobs.find(`uploads/${accountId}/checks/${id}`);

  async function answered<T>(answer: Response | Promise<Response>, status = 200): Promise<T> {
    const got = await answer;
    assert.equal(got.status, status, await got.clone().text());
    return (await got.json()) as T;
  }
  const announce = (json: object = {}) =>
    api.call("POST", "/v1/authenticity/uploads", {
      key,
      json: { kind: "video", bytes: film.length, sha256, name: "film.mp4", label: "film 7", ...json },
    });
  const announced = () => answered<UploadView>(announce(), 201);
  const complete = ({ id }: UploadView) =>
    answered<UploadView>(api.call("POST", `/v1/authenticity/uploads/${id}/complete`, { key }));
  const read = ({ id }: UploadView) =>
    answered<UploadView>(api.call("GET", `/v1/authenticity/uploads/${id}`, { key }));
  const put = ({ id }: UploadView, body: Buffer = film) =>
    api.services.blobs.put({
      key: `uploads/${accountId}/checks/${id}`,
      body,
      contentType: "application/octet-stream",
      sha256: createHash("sha256").update(body).digest("hex"),
    });
  const uploaded = async () => {
    const upload = await announced();
    await put(upload);
    return complete(upload);
  };
  const work = ({ id }: UploadView, verb: "source" | "facts", body: object) =>
    api.work(`/recordings/${id}/${verb}`, { workerId: "garage-1", ...body });
  const report = (upload: UploadView, outcome = "read", found: object = facts) =>
    work(upload, "facts", { v: 1, outcome, ...(outcome === "read" ? { facts: found } : {}) });

  it("are announced, uploaded, looked at by a worker and answered, and nothing of them is kept", async () => {
    const spent = await points();
    const upload = await announced();
    assert.equal(upload.state, "awaiting-upload");
    assert.equal(upload.upload?.method, "PUT");
    assert.ok(Date.parse(upload.upload?.expiresAt ?? "") <= api.services.clock.now().getTime() + 60_000);
    assert.equal((await points()) - spent, 6);
    await put(upload);
    assert.equal((await complete(upload)).state, "awaiting-worker");
    const [message] = await received();
    const job = RecordingJob.parse(JSON.parse(message?.body ?? ""));
    assert.equal(job.checkId, upload.id);
    assert.doesNotMatch(message?.body ?? "", /film/, "the message carries ids only");
    const source = await answered<RecordingSource>(work(upload, "source", {}));
    assert.deepEqual([source.bytes, source.sha256], [film.length, sha256]);
    await answered(report(upload));
    const { state, check } = await read(upload);
    assert.equal(state, "settled");
    assert.equal(check?.sha256, sha256);
    assert.equal(check?.points, 6);
    assert.deepEqual(check?.marks, []);
    assert.equal(check?.generated.status, "cannot-tell");
    const { items } = await answered<Page<CheckView>>(api.call("GET", "/v1/authenticity/history", { key }));
    assert.deepEqual(items[0], check);
    assert.equal((await points()) - spent, 6);
    assert.equal(await lies(upload), undefined);
    const [row] = await api.base.owner<{ row: string }[]>`
      select to_jsonb(u)::text as row from authenticity_upload u where check_id = ${upload.id}`;
    assert.doesNotMatch(row?.row ?? "", /film\.mp4/);
  });

  it("are judged as smaller ones are: by their name, length and time", async () => {
    const upload = await answered<UploadView>(announce({ name: "film.wav" }), 201);
    await put(upload);
    await complete(upload);
    const odd = { ...facts, bytesStated: film.length + 900, madeAt: "2099-01-01T00:00:00.000Z" };
    await answered(report(upload, "read", odd));
    assert.deepEqual(
      (await read(upload)).check?.marks.map(({ code }) => code),
      ["name-differs", "length-differs", "time-ahead"],
    );
  });

  it("are told where to go again while bytes are missing, and completed once", async () => {
    const upload = await announced();
    const without = await complete(upload);
    assert.equal(without.state, "awaiting-upload");
    assert.ok(without.upload);
    await put(upload, film.subarray(0, 50));
    assert.equal((await complete(upload)).state, "awaiting-upload");
    await put(upload);
    await Promise.all([complete(upload), complete(upload), complete(upload)]);
    assert.equal((await read(upload)).state, "awaiting-worker");
    assert.equal((await received()).length, 1);
    assert.equal((await read(upload)).upload, null);
  });

  it("cost what it cost to find out that they are other bytes, or no video", async () => {
    const spent = await points();
    const other = await uploaded();
    await answered(report(other, "other-bytes"));
    const refused = await read(other);
    assert.equal(refused.state, "refused");
    assert.match(refused.reason ?? "", /not those that were announced/);
    const sound = await uploaded();
    await answered(report(sound, "read", { ...facts, contentType: "audio/mpeg" }));
    assert.match((await read(sound)).reason ?? "", /expected MP4, QuickTime or WebM, got audio\/mpeg/);
    const nothing = await uploaded();
    await answered(report(nothing, "read", { ...facts, contentType: null }));
    assert.equal((await read(nothing)).state, "refused");
    assert.equal((await points()) - spent, 18);
    assert.equal(await lies(other), undefined);
    const { items } = await answered<Page<CheckView>>(api.call("GET", "/v1/authenticity/history", { key }));
    assert.ok(items.every(({ id }) => id !== other.id));
  });

  it("cost nothing where the store has lost them", async () => {
    const spent = await points();
    const lost = await uploaded();
    await answered(report(lost, "missing"));
    assert.equal((await read(lost)).state, "given-back");
    assert.equal(await points(), spent);
  });

  it("count by their first report; a later one changes nothing", async () => {
    const upload = await uploaded();
    const answers = await Promise.all([report(upload), report(upload), report(upload, "other-bytes")]);
    const said = await Promise.all(answers.map((one) => answered<{ status: string }>(one)));
    assert.equal(said.filter(({ status }) => status === "stored").length, 1);
    const ended = await read(upload);
    await answered(report(upload, "other-bytes"));
    assert.deepEqual(await read(upload), ended);
    assert.equal((await problemOf(await work(upload, "source", {}))).code, "recording-not-wanted");
  });

  it("are refused where they are too large, too many, or beyond the day's points", async () => {
    const large = { kind: "audio", bytes: limits.uploadBytesMax.audio + 1 };
    assert.equal((await problemOf(await announce(large))).code, "file-too-large");
    assert.equal((await announce({ bytes: limits.uploadBytesMax.video + 1 })).status, 400);
    assert.equal((await announce({ sha256: "00" })).status, 400);
    assert.equal((await announce({ kind: "image" })).status, 400);
    const used = await points();
    const answers = await Promise.all(Array.from({ length: limits.uploadsOpenMax + 3 }, () => announce()));
    const codes = await Promise.all(
      answers.map(async (answer) => (answer.ok ? "announced" : (await problemOf(answer)).code)),
    );
    assert.equal(codes.filter((code) => code === "announced").length, limits.uploadsOpenMax);
    assert.equal(codes.filter((code) => code === "too-many").length, 3);
    assert.equal((await points()) - used, 6 * limits.uploadsOpenMax);
    const { memberToken } = api.account("lite");
    const spend = () =>
      api.call("POST", "/v1/authenticity/text", { key: memberToken, json: { text: "Words." } });
    for (let one = 0; one < 60; one += 1) await answered(spend());
    const json = { kind: "video", bytes: film.length, sha256 };
    const poor = await api.call("POST", "/v1/authenticity/uploads", { key: memberToken, json });
    assert.equal((await problemOf(poor)).code, "quota-exceeded");
    assert.ok(Number(poor.headers.get("retry-after")) > 0);
  });

  it("that nobody completes in time are given up, cost nothing, and are erased, late bytes too", async () => {
    const spent = await points();
    const upload = await announced();
    await put(upload);
    api.services.clock.advance(limits.uploadMsMax + 1_000);
    assert.equal((await complete(upload)).state, "awaiting-upload", "too late, and the sweep has not come");
    await sweep(api.services);
    const given = await read(upload);
    assert.equal(given.state, "given-back");
    assert.match(given.reason ?? "", /in time/);
    assert.equal(await points(), spent);
    assert.equal(await lies(upload), undefined);
    await put(upload);
    assert.equal((await complete(upload)).state, "given-back");
    assert.equal((await received()).length, 0);
    api.services.clock.advance(limits.eraseAgainMs + 1_000);
    await sweep(api.services);
    assert.equal(await lies(upload), undefined);
    const [row] = await api.base.owner<{ erased: boolean }[]>`
      select erased_at is not null as erased from authenticity_upload where check_id = ${upload.id}`;
    assert.equal(row?.erased, true);
  });

  it("whose message is lost are sent again, and given up after some", async () => {
    const spent = await points();
    const upload = await uploaded();
    for (let sends = 1; sends <= limits.recordingSendsMax; sends += 1) {
      const [message] = await received();
      assert.ok(message, `message ${sends}`);
      await api.services.bulk.delete(message);
      api.services.clock.advance(queue.lostMsMin + 1_000);
      await sweep(api.services);
    }
    assert.equal((await received()).length, 0);
    assert.equal((await read(upload)).state, "given-back");
    assert.equal(await points(), spent);
    assert.equal((await problemOf(await report(upload))).code, "recording-not-wanted");
  });

  it("that were completed by a process which died then are sent by the sweep", async () => {
    const { bulk } = api.services;
    const upload = await announced();
    await put(upload);
    api.services.bulk = { ...bulk, send: () => Promise.reject(new Error("the process died")) };
    assert.equal((await complete(upload)).state, "awaiting-worker");
    api.services.bulk = bulk;
    assert.equal((await received()).length, 0);
    api.services.clock.advance(60_000);
    await sweep(api.services);
    assert.equal((await received()).length, 1);
  });

  it("that no worker can finish are brought to an end, by a message that is ours alone", async () => {
    const upload = await uploaded();
    const [message] = (await received()) as [Message];
    const forged = message.body.replace(/"signature":"./, '"signature":"_');
    assert.equal(await buryMessage(api.services, forged), "unreadable");
    assert.equal((await read(upload)).state, "awaiting-worker");
    assert.equal(await buryMessage(api.services, message.body), "ended");
    assert.equal(await buryMessage(api.services, message.body), "known");
    assert.equal((await read(upload)).state, "given-back");
    assert.equal(await lies(upload), undefined);
  });

  it("take turns by account in the queue, and no more than a few are there", async () => {
    const at = api.services.clock.now();
    const plant = async (owner: string, count: number) => {
      for (let n = 0; n < count; n += 1) {
        const id = Id.create("check");
        await api.base
          .owner`insert into authenticity_check (id, account_id, actor, kind, state, asked_at, points)
          values (${id}, ${owner}, 'somebody', 'video', 'awaiting-worker', ${at}, 6)`;
        await api.base.owner`insert into authenticity_upload (check_id, account_id, sha256, bytes, expires_at)
          values (${id}, ${owner}, ${Buffer.alloc(32)}, 1, ${new Date(at.getTime() + n)})`;
      }
    };
    const other = api.account("guardian").accountId;
    await plant(accountId, 20);
    await plant(other, 2);
    await Promise.all([1, 2, 3].map(() => dispatchRecordings(api.services)));
    const sent = (await received()).map(({ body }) => RecordingJob.parse(JSON.parse(body)));
    assert.equal(sent.length, limits.recordingsInFlightMax);
    assert.equal(sent.filter((job) => job.accountId === other).length, 2);
    assert.equal(new Set(sent.map(({ checkId }) => checkId)).size, sent.length);
  });

  it("of another account are not there, for members and with foreign ids", async () => {
    const upload = await uploaded();
    const other = api.account("guardian").memberToken;
    for (const [method, path] of [
      ["GET", `/v1/authenticity/uploads/${upload.id}`],
      ["POST", `/v1/authenticity/uploads/${upload.id}/complete`],
      ["GET", `/v1/authenticity/history/${upload.id}`],
    ] as const) {
      assert.equal((await api.call(method, path, { key: other })).status, 404, path);
    }
    assert.equal((await work({ ...upload, id: Id.create("check") }, "source", {})).status, 404);
    assert.equal((await api.call("GET", `/v1/authenticity/history/${upload.id}`, { key })).status, 404);
  });
});
