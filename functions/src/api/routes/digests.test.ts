import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type InboxDigest, UnreadCount } from "@vigil/core/digest/wire";
import { EventAccepted } from "@vigil/core/event/wire";
import * as Id from "@vigil/core/id";
import { Job } from "@vigil/core/review/wire";
import type { SearchPage } from "@vigil/core/search/wire";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { findingsFor } from "../../../../packages/core/testing/walk.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../../testing/api.ts";

type Made = { label: string; zone: string; type?: string };

describe("the inbox", () => {
  let api: TestApi;
  let door: string;
  let drive: string;
  let smoke: string;
  before(async () => {
    api = await createTestApi();
    // The database's own clock, by which the members came, is ahead of the test's.
    await api.base.owner`update member set created_at = '2020-01-01'`;
    api.services.clock.advance(60_000);
    drive = await digestOf({ label: "truck", zone: "driveway" });
    door = await digestOf({ label: "person", zone: "front_door" });
    smoke = await digestOf({ label: "chair", zone: "kitchen", type: "smoke" });
  });
  after(() => api.close());

  /** @returns the id of its digest */
  async function digestOf({ label, zone, type = "person" }: Made): Promise<string> {
    api.services.clock.advance(3_600_000);
    const { deviceKey: key } = api.account("pro");
    const event = eventAt(api.services.clock.now(), { type, zone, confidence: 0.9 });
    const body = multipart(event, { "a.jpg": await jpeg(1) });
    const { sessionId } = EventAccepted.parse(
      await (await api.call("POST", "/v1/events", { key, body })).json(),
    );
    await api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
      key: owner(),
      json: {},
      headers: { "idempotency-key": sessionId },
    });
    for (const queue of Object.values(api.services.jobs)) {
      for (const message of await queue.receive({
        messagesMax: 10,
        waitSeconds: 0,
        visibilitySeconds: 300,
      })) {
        await queue.delete(message);
        const job = Job.parse(JSON.parse(message.body));
        const findings = findingsFor(job, [{ label, confidence: 0.9, box: [0, 0, 0.5, 0.5] }]);
        const answer = await api.work(`/reviews/${job.reviewId}/digest`, findings);
        return ((await answer.json()) as { digestId: string }).digestId;
      }
    }
    throw new Error("expected a job");
  }

  const owner = () => api.account("pro").memberToken;
  async function list(query: string, key = owner()): Promise<InboxDigest[]> {
    const answer = await api.call("GET", `/v1/digests?${query}`, { key });
    assert.equal(answer.status, 200, await answer.clone().text());
    return ((await answer.json()) as { items: InboxDigest[] }).items;
  }
  const found = async (query: string) => (await list(query)).map(({ id }) => id);
  const unread = async (key = owner()) =>
    UnreadCount.parse(await (await api.call("GET", "/v1/digests/unread", { key })).json()).count;

  describe("happy", () => {
    it("is filtered by level, site, device, zone and what was seen, by label and by kind, page by page", async () => {
      const [newest] = await list("limit=1");
      const { items } = (await (await api.call("GET", "/v1/devices", { key: owner() })).json()) as {
        items: { id: string }[];
      };
      assert.deepEqual(await found(""), [smoke, door, drive]);
      assert.deepEqual(await found("levelFrom=critical"), [smoke]);
      assert.deepEqual(await found(`site=${newest?.siteId}`), [smoke, door, drive]);
      assert.deepEqual(await found(`site=${Id.create("site")}`), []);
      assert.deepEqual(await found(`device=${items[0]?.id}`), [smoke, door, drive]);
      assert.deepEqual(await found(`device=${Id.create("device")}`), []);
      assert.deepEqual(await found("zone=driveway"), [drive]);
      assert.deepEqual(await found("seen=vehicle"), [drive]);
      assert.deepEqual(await found("seen=truck&zone=front_door"), []);
      assert.deepEqual(await found("seen=person"), [door]);
      assert.deepEqual(await found(`seen=${encodeURIComponent(`toString' or 1=1`)}`), []);
      const first = await api.call("GET", "/v1/digests?limit=1&levelFrom=low", { key: owner() });
      const { nextCursor } = (await first.json()) as { nextCursor: string };
      assert.deepEqual(await found(`limit=1&levelFrom=low&cursor=${nextCursor}`), [door]);
      const search = await api.call("GET", "/v1/search?q=truck&zone=kitchen", { key: owner() });
      assert.deepEqual(((await search.json()) as { items: unknown[] }).items, []);
    });

    it("is told in the language that is asked for, which every answer names, and is found in either", async () => {
      const saying = async (path: string, language?: string) => {
        const headers = language === undefined ? {} : { "accept-language": language };
        const answer = await api.call("GET", `/v1/${path}`, { key: owner(), headers });
        const body = (await answer.json()) as InboxDigest & { items?: InboxDigest[] };
        const { title, summary } = body.items?.find(({ id }) => id === door) ?? body;
        const named = [answer.headers.get("content-language"), answer.headers.get("vary")];
        return [title, summary[0]?.text.split(" ")[1], ...named];
      };
      for (const path of ["digests?limit=10", `digests/${door}`, "search?q=front+door"]) {
        const german = ["Eine Person an der Haustür", "Person", "de", "Accept-Language"];
        const english = ["A person at the front door", "person", "en", "Accept-Language"];
        assert.deepEqual(await saying(path, "de-AT,en;q=0.5"), german, path);
        assert.deepEqual(await saying(path, "fr"), english, path);
        assert.deepEqual(await saying(path), english, path);
      }
      const question = encodeURIComponent("Personen an der Haustür");
      const inGerman = { key: owner(), headers: { "accept-language": "de" } };
      const answered = await api.call("GET", `/v1/search?q=${question}`, inGerman);
      const { items, understood } = (await answered.json()) as SearchPage;
      assert.ok(items.some(({ id }) => id === door));
      assert.equal(understood.words, "personen, haustür");
      await api.base.owner`update digest set translations = '{}' where id = ${door}`;
      const [untranslated] = await saying(`digests/${door}`, "de");
      assert.equal(untranslated, "A person at the front door", "one of before there were other languages");
    });

    it("knows for each member what they have read, also once more, and takes it back", async () => {
      const mark = (id: string, read: boolean) =>
        api.call("PUT", `/v1/digests/${id}/reading`, { key: owner(), json: { read } });
      assert.equal(await unread(), 3);
      assert.equal((await mark(door, true)).status, 204);
      assert.equal((await mark(door, true)).status, 204);
      assert.equal(await unread(), 2);
      assert.deepEqual(await found("unread=true"), [smoke, drive]);
      assert.deepEqual(await found("unread=false"), [door]);
      assert.deepEqual(
        (await list("")).map((digest) => digest.unread),
        [true, false, true],
      );
      await mark(door, false);
      assert.equal(await unread(), 3);
    });

    it("is read up to a digest at once; what has grown since is unread again, and what comes later too", async () => {
      const upTo = await api.call("POST", "/v1/digests/read", { key: owner(), json: { upTo: smoke } });
      assert.equal(upTo.status, 204);
      assert.equal(await unread(), 0);
      await api.base.owner`update digest set updated_at = updated_at + interval '2 hours' where id = ${door}`;
      assert.deepEqual(await found("unread=true"), [door]);
      const earlier = await api.call("POST", "/v1/digests/read", { key: owner(), json: { upTo: drive } });
      assert.equal(earlier.status, 204);
      assert.deepEqual(await found("unread=true"), [door], "it never goes back");
      const next = await digestOf({ label: "dog", zone: "garden" });
      assert.deepEqual(await found("unread=true"), [next, door]);
    });
  });

  describe("refused", () => {
    for (const query of [
      "levelFrom=terrible",
      "site=dig_1",
      "unread=maybe",
      `zone=${"z".repeat(65)}`,
      "seen=",
    ]) {
      it(`a filter that means nothing: ${query.slice(0, 30)}`, async () => {
        assert.equal((await api.call("GET", `/v1/digests?${query}`, { key: owner() })).status, 400);
      });
    }
  });

  describe("foreign", () => {
    it("nobody marks or counts what is another account's", async () => {
      const key = api.account("guardian").memberToken;
      const json = { read: true };
      assert.equal((await api.call("PUT", `/v1/digests/${door}/reading`, { key, json })).status, 404);
      assert.equal((await api.call("POST", "/v1/digests/read", { key, json: { upTo: door } })).status, 404);
      assert.equal(await unread(key), 0);
      assert.deepEqual(await list("zone=driveway", key), []);
    });

    it("is called by the same title as what is not there, in the language that was asked for", async () => {
      const key = api.account("guardian").memberToken;
      const said = async (id: string, language?: string) => {
        const headers = {
          "x-request-id": "the-same",
          ...(language === undefined ? {} : { "accept-language": language }),
        };
        const answer = await api.call("GET", `/v1/digests/${id}`, { key, headers });
        const { detail: _, ...body } = await problemOf(answer);
        const named = [answer.headers.get("content-language"), answer.headers.get("vary")];
        return { ...body, named };
      };
      const none = `${door.slice(0, -4)}0000`;
      for (const [language, spoken, title] of [
        [undefined, "en", "There is no such thing"],
        ["de-AT", "de", "Das gibt es nicht"],
        ["fr", "en", "There is no such thing"],
      ] as const) {
        const theirs = await said(door, language);
        assert.deepEqual(theirs, await said(none, language));
        assert.deepEqual(
          [theirs.title, theirs.code, theirs.type, ...theirs.named],
          [title, "not-found", "https://vigil.dev/problems/not-found", spoken, "Accept-Language"],
        );
      }
    });
  });
});
