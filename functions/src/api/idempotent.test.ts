/** A request with an Idempotency-Key is carried out once, whatever happens to the process that carries it out. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

describe("a request with an Idempotency-Key", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  const add = (key: string) => {
    const { siteId, memberToken } = api.account("pro");
    return api.call("POST", "/v1/devices", {
      key: memberToken,
      json: { siteId, name: `device of ${key}` },
      headers: { "idempotency-key": key },
    });
  };
  const count = async (key: string) => {
    const [row] = await api.base.owner<{ count: number }[]>`
      select count(*)::int as count from device where name = ${`device of ${key}`}`;
    return row?.count;
  };
  const shares = () => api.services.database.shares;

  it("makes one device although its process dies after the commit, before the answer is kept", async () => {
    const { database, clock } = api.services;
    const share = shares();
    let turn = 0;
    // Of its three transactions (the key, the effect, the answer) the last is never reached.
    database.shares = (holder, work) => {
      turn += 1;
      return turn > 2 ? Promise.reject(new Error("killed")) : share(holder, work);
    };
    await add("crash");
    database.shares = share;
    assert.equal(await count("crash"), 1);
    for (const ms of [0, 61_000]) {
      clock.advance(ms);
      const again = await add("crash");
      assert.equal((await problemOf(again)).code, "idempotency-answer-lost");
    }
    assert.equal(await count("crash"), 1);
  });

  it("makes one device although it stalls for more than a minute before its effect", async () => {
    const { database, clock } = api.services;
    const share = shares();
    const stalled = Promise.withResolvers<void>();
    const onward = Promise.withResolvers<void>();
    let turn = 0;
    database.shares = async (holder, work) => {
      turn += 1;
      if (turn === 2) {
        stalled.resolve();
        await onward.promise;
      }
      return share(holder, work);
    };
    const first = add("stall");
    await stalled.promise;
    clock.advance(61_000);
    const second = await add("stall");
    assert.equal(second.status, 201);
    onward.resolve();
    const late = await first;
    assert.equal(late.headers.get("retry-after"), "2");
    assert.equal((await problemOf(late)).code, "idempotency-key-in-flight");
    database.shares = share;
    assert.equal(await count("stall"), 1);
    const replayed = await add("stall");
    assert.equal(await replayed.text(), await second.text(), "the answer of whoever carried it out is kept");
  });

  it("may be sent again under its key when it was refused", async () => {
    const { memberToken, siteId } = api.account("pro");
    const send = (json: unknown) =>
      api.call("POST", "/v1/devices", {
        key: memberToken,
        json,
        headers: { "idempotency-key": "refused" },
      });
    assert.equal((await send({ siteId, name: "" })).status, 400);
    assert.equal((await send({ siteId, name: "device of refused" })).status, 201);
  });
});
