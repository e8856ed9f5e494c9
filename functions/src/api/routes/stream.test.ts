/** The stream over HTTP: what happens is told once and in order, to whoever comes back too. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { inAccount } from "@vigil/core/db";
import * as Id from "@vigil/core/id";
import * as Key from "@vigil/core/key";
import * as Stream from "@vigil/core/stream";
import { createTestApi, type TestApi } from "../../../testing/api.ts";

type Told = { id: string; event: string; data: string };

describe("GET /v1/digests/stream", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  async function append(subject: string, tier: "pro" | "lite" = "pro"): Promise<void> {
    const { accountId } = api.account(tier);
    const at = api.services.clock.now();
    await inAccount(api.services.database, accountId, (tx) =>
      Stream.append(tx, { accountId, kind: "digest", subject, detail: { title: subject }, at }),
    );
  }

  /** Follows until `until` says that it has seen enough. */
  async function follow(
    until: (told: Told[]) => boolean,
    { from, meanwhile }: { from?: string; meanwhile?: () => Promise<void> } = {},
  ): Promise<Told[]> {
    const answer = await api.call("GET", "/v1/digests/stream", {
      key: api.account("pro").memberToken,
      headers: from === undefined ? {} : { "last-event-id": from },
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
    assert.equal(answer.headers.get("cache-control"), "no-cache");
    assert.ok(answer.body);
    const told: Told[] = [];
    let text = "";
    let begun = false;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return told;
      text += value;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
        if (field("event") !== "") told.push({ id: field("id"), event: field("event"), data: field("data") });
      }
      if (!begun) {
        begun = true;
        await meanwhile?.();
      }
      if (until(told)) {
        await reader.cancel();
        return told;
      }
    }
  }
  const subjects = (told: Told[]) =>
    told
      .filter(({ event }) => event === "digest")
      .map(({ data }) => (JSON.parse(data) as { subject: string }).subject);

  it("tells what comes, in order, and nothing of another account", async () => {
    const told = await follow((seen) => subjects(seen).length >= 3, {
      async meanwhile() {
        await append("dig_1");
        await append("dig_foreign", "lite");
        await append("dig_2");
        await append("dig_3");
      },
    });
    assert.equal(told[0]?.event, "start");
    assert.deepEqual(subjects(told), ["dig_1", "dig_2", "dig_3"]);
  });

  it("goes on after the last id that was seen: none is missed, none comes twice", async () => {
    const first = await follow((seen) => subjects(seen).length >= 1, { meanwhile: () => append("dig_a") });
    await append("dig_b");
    await append("dig_c");
    const last = first.at(-1)?.id ?? "";
    const rest = await follow((seen) => subjects(seen).length >= 2, { from: last });
    assert.deepEqual(subjects(rest), ["dig_b", "dig_c"]);
  });

  it("keeps the order of numbers under concurrency: 40 writers, one reader that resumes at every entry", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `dig_many_${index}`);
    let from = (await follow((seen) => seen.length > 0))[0]?.id ?? "";
    const writing = Promise.all(names.map((name) => append(name)));
    const seen: string[] = [];
    while (seen.length < names.length) {
      const told = await follow((part) => subjects(part).length > 0, { from });
      seen.push(...subjects(told));
      from = told.at(-1)?.id ?? from;
    }
    await writing;
    assert.deepEqual(seen.toSorted(), names.toSorted());
  });

  it("tells whoever was away for too long to read the lists anew", async () => {
    const first = await follow((seen) => subjects(seen).length >= 1, { meanwhile: () => append("dig_old") });
    await append("dig_older");
    await append("dig_oldest");
    api.services.clock.advance(Stream.keptMs + 60_000);
    assert.ok((await Stream.forget(api.services.database.sql, api.services.clock.now())) > 0);
    const [told] = await follow((seen) => seen.length > 0, { from: first.at(-1)?.id ?? "" });
    assert.equal(told?.event, "reset");
    const [again] = await follow((seen) => seen.length > 0, { from: told?.id ?? "" });
    assert.equal(again?.event, "start", "what it was given is up to date");
  });

  it("ends within a second or so for whoever was removed, or whose token was revoked, on another process", async () => {
    const { accountId } = api.account("pro");
    const [id, key] = [Id.create("member"), Key.generate("member")];
    const keyId = Id.create("key");
    await api.base
      .owner`insert into member (id, account_id, name, role) values (${id}, ${accountId}, 'Guest', 'viewer')`;
    await api.base.owner`insert into api_key (id, account_id, kind, subject_id, hash)
      values (${keyId}, ${accountId}, 'member', ${id}, ${Buffer.from(Key.hash(key))})`;
    const ends: Record<string, () => Promise<unknown>> = {
      token: () => api.base.owner`update api_key set revoked_at = now() where id = ${keyId}`,
      member: () => api.base.owner`update member set removed_at = now() where id = ${id}`,
    };
    for (const [what, end] of Object.entries(ends)) {
      await api.base.owner`update api_key set revoked_at = null where id = ${keyId}`;
      const answer = await api.call("GET", "/v1/digests/stream", { key });
      assert.ok(answer.body);
      const reader = answer.body.getReader();
      assert.equal((await reader.read()).done, false);
      // Another process: nothing of this one is told.
      await end();
      await append(`dig_before_${what}`);
      const startMs = performance.now();
      while (!(await reader.read()).done);
      // Long before it would have ended by itself, whatever else the machine does.
      assert.ok(performance.now() - startMs < 30_000, what);
      assert.equal((await api.call("GET", "/v1/digests/stream", { key })).status, 401, what);
    }
  });

  it("refuses a device's key, and none", async () => {
    const asDevice = await api.call("GET", "/v1/digests/stream", { key: api.account("pro").deviceKey });
    assert.equal(asDevice.status, 403);
    assert.equal((await api.call("GET", "/v1/digests/stream")).status, 401);
  });
});
