import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { createPictureBook } from "./picture-book.ts";

const minute = 60_000;
const at = (ms: number) => new Date(ms).toISOString();

function moments(image: { url: string; expiresAt: string } | undefined) {
  return { moments: [{ id: "mom_1", ...(image === undefined ? {} : { image }) }] } as never;
}

describe("picture book", () => {
  it("keeps a live URL in use, so that a shown picture does not load again with every poll", () => {
    const book = createPictureBook(mock.fn(), () => 0);
    const first = { url: "first", expiresAt: at(minute) };
    assert.equal(book.current("mom_1", first)?.url, "first");
    assert.equal(book.current("mom_1", { url: "second", expiresAt: at(2 * minute) })?.url, "first");
  });

  it("takes the newer URL once the older has expired", () => {
    let now = 0;
    const book = createPictureBook(mock.fn(), () => now);
    book.current("mom_1", { url: "first", expiresAt: at(minute) });
    now = minute;
    assert.equal(book.current("mom_1", { url: "second", expiresAt: at(2 * minute) })?.url, "second");
  });

  it("asks once when many pictures of a digest expire together", async () => {
    const load = mock.fn(async () => moments({ url: "fresh", expiresAt: at(minute) }));
    const book = createPictureBook(load, () => 0);
    const [a, b] = await Promise.all([book.renew("dig_1", "mom_1"), book.renew("dig_1", "mom_1")]);
    assert.equal(load.mock.callCount(), 1);
    assert.deepEqual([a?.url, b?.url], ["fresh", "fresh"]);
    await book.renew("dig_1", "mom_1");
    assert.equal(load.mock.callCount(), 2);
  });

  it("does not ask again for a picture that fails after its neighbours have been renewed", async () => {
    const load = mock.fn(async () => moments({ url: "fresh", expiresAt: at(minute) }));
    const book = createPictureBook(load, () => 0);
    book.current("mom_1", { url: "stale", expiresAt: at(minute) });
    await book.renew("dig_1", "mom_2", "stale");
    assert.equal((await book.renew("dig_1", "mom_1", "stale"))?.url, "fresh");
    assert.equal(load.mock.callCount(), 1);
    await book.renew("dig_1", "mom_1", "fresh");
    assert.equal(load.mock.callCount(), 2, "the fresh one failed too");
  });

  it("says that a picture is gone", async () => {
    const book = createPictureBook(async () => moments(undefined));
    assert.equal(await book.renew("dig_1", "mom_1"), null);
  });

  it("tries again after a renewal that failed", async () => {
    const load = mock.fn(async () => moments({ url: "fresh", expiresAt: at(minute) }));
    load.mock.mockImplementationOnce(() => Promise.reject(new Error("no answer")));
    const book = createPictureBook(load, () => 0);
    await assert.rejects(book.renew("dig_1", "mom_1"), /no answer/);
    assert.equal((await book.renew("dig_1", "mom_1"))?.url, "fresh");
  });
});
