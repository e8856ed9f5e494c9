import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeMoment } from "../../../testing/make-job.ts";
import { createJobUrls } from "./urls.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

function moments(count: number, expiresAt: string) {
  return Array.from({ length: count }, (_, index) =>
    makeMoment({ url: `http://host/${index}?old`, expiresAt, bytes: new Uint8Array([index]) }),
  );
}

describe("the URLs of a job", () => {
  it("are used as they came while they have more than the margin left", async () => {
    const [moment] = moments(1, at(60));
    assert.ok(moment);
    let now = start;
    const urls = createJobUrls({
      moments: [moment],
      renew: async () => [{ id: moment.id, url: "http://host/0?new", expiresAt: at(120) }],
      now: () => now,
    });
    assert.equal(await urls.fresh(moment.id), "http://host/0?old");
    now = start + 51_000;
    assert.equal(await urls.fresh(moment.id), "http://host/0?new", "9 s are less than the margin");
  });

  it("are renewed in one request for all askers at once", async () => {
    const all = moments(20, at(-1));
    const asked: string[][] = [];
    const urls = createJobUrls({
      moments: all,
      renew: async (ids) => {
        asked.push(ids);
        return ids.map((id) => ({ id, url: `http://host/${id}?new`, expiresAt: at(60) }));
      },
      now: () => start,
    });
    await Promise.all(all.map(({ id }) => urls.fresh(id)));
    assert.deepEqual(
      asked.map((ids) => ids.length),
      [20],
    );
  });

  it("are not asked for moments that need none any more", async () => {
    const [first, second] = moments(2, at(-1));
    assert.ok(first && second);
    const asked: string[][] = [];
    const urls = createJobUrls({
      moments: [first, second],
      renew: async (ids) => {
        asked.push(ids);
        return ids.map((id) => ({ id, url: "http://host/new", expiresAt: at(60) }));
      },
      now: () => start,
    });
    urls.drop(first.id);
    await urls.fresh(second.id);
    assert.deepEqual(asked, [[second.id]]);
  });

  it("serve although this machine's clock is ahead of the store's", async () => {
    const [moment] = moments(1, at(60));
    assert.ok(moment);
    const urls = createJobUrls({
      moments: [moment],
      renew: async () => [{ id: moment.id, url: "http://host/0?new", expiresAt: at(60) }],
      now: () => start + 3_600_000,
    });
    assert.equal(await urls.fresh(moment.id), "http://host/0?new");
  });

  it("end as missing, for now, when the API gives none", async () => {
    const [moment] = moments(1, at(60));
    assert.ok(moment);
    const urls = createJobUrls({ moments: [moment], renew: async () => [], now: () => start });
    await assert.rejects(urls.replace(moment.id), /gave no URL/);
  });

  it("are replaced for all who were refused, in as few requests as there are rounds of them", async () => {
    const all = moments(20, at(60));
    const asked: string[][] = [];
    const urls = createJobUrls({
      moments: all,
      renew: async (ids) => {
        asked.push(ids);
        return ids.map((id) => ({ id, url: `http://host/${id}?new`, expiresAt: at(60) }));
      },
      now: () => start,
    });
    const fresh = await Promise.all(all.map(({ id }) => urls.replace(id)));
    assert.deepEqual(
      fresh,
      all.map(({ id }) => `http://host/${id}?new`),
    );
    assert.ok(asked.length <= 2, `${asked.length} requests`);
  });

  it("are taken as the API signs them, although it signed the refused one in the same second", async () => {
    const [moment] = moments(1, at(60));
    assert.ok(moment);
    const same = { id: moment.id, url: moment.url, expiresAt: moment.expiresAt };
    const urls = createJobUrls({ moments: [moment], renew: async () => [same], now: () => start });
    assert.equal(await urls.replace(moment.id), moment.url);
  });
});
