import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { EventAccepted, EvidenceAccepted } from "@vigil/core/event/wire";
import { sweep } from "@vigil/core/flow";
import { evidence as limits } from "@vigil/core/limits";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import {
  announced,
  createTestApi,
  eventAt,
  multipart,
  problemOf,
  type TestApi,
} from "../../../testing/api.ts";

type Sealed = { sealed: boolean; ready: number };

describe("evidence that is announced one by one", () => {
  let api: TestApi;
  let key: string;
  let pictures: Uint8Array[];
  before(async () => {
    api = await createTestApi();
    key = api.account("pro").deviceKey;
    pictures = await Promise.all([61, 62, 63].map((seed) => jpeg(seed)));
  });
  after(() => api.close());

  const names = ["a.jpg", "b.jpg", "c.jpg"];
  const all = () => Object.fromEntries(pictures.map((bytes, at) => [names[at] ?? "", bytes]));
  const some = (count: number) => Object.fromEntries(Object.entries(all()).slice(0, count));
  const piecesOf = (images: Record<string, Uint8Array>) =>
    Object.entries(images).map(([name, bytes]) => announced(name, bytes));
  const newEvent = () => eventAt(api.services.clock.now());

  async function report(event: object, expected = 202): Promise<EventAccepted> {
    const answer = await api.call("POST", "/v1/events", { key, json: event });
    assert.equal(answer.status, expected, await answer.clone().text());
    return (await answer.json()) as EventAccepted;
  }
  const begin = (event: object) => report({ ...event, moreEvidence: true });
  const announce = (id: string, piece: object, by = key) =>
    api.call("POST", `/v1/events/${id}/evidence`, { key: by, json: piece });
  async function put(upload: EvidenceAccepted["upload"], bytes: Uint8Array): Promise<void> {
    assert.ok(upload, "there is something to upload");
    await api.services.blobs.put({
      key: upload.url.replace("http://memory.invalid/", ""),
      body: bytes,
      contentType: "image/jpeg",
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
  }
  /** Announces and uploads. @returns how many of them were there before */
  async function bring(id: string, images: Record<string, Uint8Array>): Promise<number> {
    let there = 0;
    for (const [name, bytes] of Object.entries(images)) {
      const answer = await announce(id, announced(name, bytes));
      assert.equal(answer.status, 200, await answer.clone().text());
      const { upload } = EvidenceAccepted.parse(await answer.json());
      if (upload) await put(upload, bytes);
      else there += 1;
    }
    return there;
  }
  const seal = (id: string, pieces?: number) =>
    api.call("POST", `/v1/events/${id}/seal${pieces === undefined ? "" : `?pieces=${pieces}`}`, { key });
  async function refused(answer: Response, status: number, code: string): Promise<string> {
    const body = await problemOf(answer);
    assert.deepEqual([answer.status, body.code], [status, code], body.detail);
    return body.detail;
  }
  async function stored(id: string) {
    const [row] = await api.base.owner<{ sealed: boolean; announcing: boolean; states: string[] }[]>`
      select sealed_at is not null as sealed, announcing_until is not null as announcing,
        array(select state from moment where event_id = event.id order by name) as states
      from event where id = ${id}`;
    return row;
  }
  const whole = { sealed: true, announcing: false, states: ["ready", "ready", "ready"] };

  it("makes an event whole, which is known again however it is sent once more", async () => {
    const event = newEvent();
    const { id, status } = await begin(event);
    assert.equal(status, "accepted");
    assert.equal(await bring(id, all()), 0);
    const { sealed, ready } = (await (await seal(id, 3)).json()) as Sealed;
    assert.deepEqual([sealed, ready], [true, 3]);
    assert.deepEqual(await stored(id), whole);
    const again = await Promise.all([
      begin(event),
      report({ ...event, evidence: piecesOf(all()) }),
      api
        .call("POST", "/v1/events", { key, body: multipart(event, all()) })
        .then(async (answer) => (await answer.json()) as EventAccepted),
    ]);
    assert.deepEqual(
      again.map((one) => [one.id, one.status, one.uploads]),
      again.map(() => [id, "duplicate", []]),
    );
    assert.equal(await bring(id, all()), 3, "each picture is there");
    assert.equal((await seal(id, 3)).status, 200);
  });

  it("knows an event that came whole when its pictures come one by one", async () => {
    const event = newEvent();
    const { id } = EventAccepted.parse(
      await (await api.call("POST", "/v1/events", { key, body: multipart(event, all()) })).json(),
    );
    assert.deepEqual([(await begin(event)).id, await bring(id, all())], [id, 3]);
    assert.equal((await seal(id, 3)).status, 200);
    await refused(await announce(id, announced("d.jpg", await jpeg(64))), 409, "event-sealed");
    assert.deepEqual(await stored(id), whole);
  });

  it("is another event with another picture, one fewer, or one more", async () => {
    const event = newEvent();
    const { id } = await begin(event);
    await bring(id, all());
    await seal(id, 3);
    const other = await jpeg(65);
    const evidence = (images: Record<string, Uint8Array>) => ({ ...event, evidence: piecesOf(images) });
    const post = (json: object) => api.call("POST", "/v1/events", { key, json });
    await refused(await post(evidence({ ...all(), "b.jpg": other })), 409, "event-id-reused");
    await refused(await post(evidence(some(2))), 409, "event-id-reused");
    await refused(await post(evidence({ ...all(), "d.jpg": other })), 409, "event-sealed");
    await refused(await post({ ...event, zone: "garage", moreEvidence: true }), 409, "event-id-reused");
    await refused(await announce(id, announced("b.jpg", other)), 409, "event-id-reused");
    assert.deepEqual(await stored(id), whole);
  });

  it("is made whole by the event as one, where it was left half announced", async () => {
    const event = newEvent();
    const { id } = await begin(event);
    await bring(id, some(1));
    assert.equal((await announce(id, announced("b.jpg", pictures[1] as Uint8Array))).status, 200);
    const answer = await api.call("POST", "/v1/events", { key, body: multipart(event, all()) });
    const { uploads } = EventAccepted.parse(await answer.json());
    assert.deepEqual(uploads, []);
    assert.deepEqual(await stored(id), whole);
  });

  it("is not sealed with fewer pictures than there are, or more", async () => {
    const { id } = await begin(newEvent());
    await bring(id, some(2));
    await refused(await seal(id, 3), 422, "evidence-missing");
    await refused(await seal(id, 1), 422, "evidence-mismatch");
    assert.deepEqual(await stored(id), {
      sealed: false,
      announcing: true,
      states: ["announced", "announced"],
    });
    assert.equal((await seal(id, 2)).status, 200);
  });

  it("waits for nobody for ever: what was uploaded counts, and the rest is given up", async () => {
    const left = await begin(newEvent());
    const half = await begin(newEvent());
    const wrong = await begin(newEvent());
    const empty = await begin(newEvent());
    await bring(left.id, some(3));
    await bring(half.id, some(1));
    assert.equal((await announce(half.id, announced("b.jpg", pictures[1] as Uint8Array))).status, 200);
    const text = Buffer.from("not a picture at all");
    await bring(wrong.id, { "a.jpg": text, "b.jpg": pictures[1] as Uint8Array });
    api.services.clock.advance(limits.announcingMsMax - 1_000);
    assert.equal((await sweep(api.services)).announced, 0, "whoever brings them may still come");
    api.services.clock.advance(2_000);
    await sweep(api.services);
    assert.equal((await sweep(api.services)).announced, 1, "one whose pictures were not all pictures");
    assert.deepEqual(await stored(left.id), whole);
    assert.deepEqual(await stored(half.id), {
      sealed: false,
      announcing: false,
      states: ["ready", "announced"],
    });
    assert.deepEqual(await stored(wrong.id), {
      sealed: false,
      announcing: false,
      states: ["announced", "ready"],
    });
    assert.deepEqual(await stored(empty.id), { sealed: true, announcing: false, states: [] });
    await refused(
      await announce(half.id, announced("c.jpg", pictures[2] as Uint8Array)),
      409,
      "event-sealed",
    );
    assert.equal((await sweep(api.services)).announced, 0);
  });

  it("holds the limit in sum, whoever asks at once", async () => {
    const { id } = await begin(newEvent());
    const bytes = pictures[0] as Uint8Array;
    const many = Array.from({ length: limits.perEventMax + 8 }, (_, at) => announced(`${at}.jpg`, bytes));
    const answers = await Promise.all(many.map((piece) => announce(id, piece)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [
      ...Array.from({ length: limits.perEventMax }, () => 200),
      ...Array.from({ length: 8 }, () => 413),
    ]);
    assert.equal((await stored(id))?.states.length, limits.perEventMax);
  });

  it("announces each picture once, however often and at once it is asked for", async () => {
    const { id } = await begin(newEvent());
    const piece = announced("a.jpg", pictures[0] as Uint8Array);
    const answers = await Promise.all([1, 2, 3, 4].map(() => announce(id, piece)));
    const moments = await Promise.all(
      answers.map(async (answer) => EvidenceAccepted.parse(await answer.json()).momentId),
    );
    assert.equal(new Set(moments).size, 1);
    assert.deepEqual((await stored(id))?.states, ["announced"]);
  });

  it("is there for its own device alone", async () => {
    const { id } = await begin(newEvent());
    const piece = announced("a.jpg", pictures[0] as Uint8Array);
    await refused(await announce(id, piece, api.account("guardian").deviceKey), 404, "not-found");
    const { siteId } = api.account("pro");
    const added = await api.call("POST", "/v1/devices", {
      key: api.account("pro").memberToken,
      json: { name: "another", siteId },
      headers: { "idempotency-key": randomUUID() },
    });
    const other = (await added.json()) as { key: string };
    await refused(await announce(id, piece, other.key), 404, "not-found");
    assert.deepEqual((await stored(id))?.states, []);
  });
});
