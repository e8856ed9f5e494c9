import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import * as Evidence from "@vigil/core/evidence";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { drawn, thermal } from "../../../../packages/core/testing/picture-heads.ts";
import { announced, eventAt, multipart } from "../../../testing/api.ts";
import { type ServedApi, type ServedApiOptions, serveApi } from "../../../testing/served-api.ts";

type Upload = EventAccepted["uploads"][number];

const stores: readonly (ServedApiOptions & { name: string })[] = [
  { name: "a store that checks, uploads bound by checksum", checks: "all", binding: "checksum" },
  { name: "a store that checks, uploads bound by the payload's hash", checks: "all", binding: "payload" },
  { name: "a store that checks nothing and reports nothing", checks: "none", binding: "checksum" },
];

for (const { name, ...options } of stores) {
  describe(`sealing on ${name}`, () => {
    let api: ServedApi;
    let key: string;
    before(async () => {
      api = await serveApi(options);
      key = api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "";
    });
    after(() => api.close());

    const call = async (path: string, body?: string | FormData) =>
      fetch(`${api.url}/v1${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
        },
        ...(body === undefined ? {} : { body }),
      });
    async function announce(bytes: Uint8Array): Promise<{ id: string; upload: Upload }> {
      const event = eventAt(new Date(), { evidence: [announced("a.jpg", bytes)] });
      const answer = await call("/events", JSON.stringify(event));
      const { id, uploads } = EventAccepted.parse(await answer.json());
      assert.ok(uploads[0]);
      return { id, upload: uploads[0] };
    }
    const put = async ({ url, headers }: Upload, bytes: Uint8Array) =>
      (await fetch(url, { method: "PUT", headers, body: new Uint8Array(bytes) })).status;
    async function seal(id: string) {
      const answer = await call(`/events/${id}/seal`);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    }
    /** What everybody who is given a link to the sealed evidence reads. */
    async function served(eventId: string): Promise<Uint8Array | undefined> {
      const [row] = await api.base.owner<{ id: string; account: string; state: string }[]>`
        select id, account_id as account, state from moment where event_id = ${eventId}`;
      assert.ok(row);
      const { url } = await api.blobs.presignGet({
        key: Evidence.keyOf(row.account, eventId, row.id),
        seconds: 60,
      });
      const answer = await fetch(url);
      assert.equal(answer.ok, row.state === "ready", "there is something to read once it is sealed");
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
    }

    it("seals what was announced, and serves those bytes", async () => {
      const bytes = await jpeg(31);
      const { id, upload } = await announce(bytes);
      assert.equal((await seal(id)).body.sealed, false);
      assert.equal(await put(upload, bytes), 200);
      assert.deepEqual((await seal(id)).body, { id, sealed: true, ready: 1, uploads: [] });
      assert.deepEqual(await served(id), new Uint8Array(bytes));
      assert.equal((await seal(id)).body.sealed, true, "and again");
    });

    it("never takes other bytes for those that were announced", async () => {
      const bytes = await jpeg(32);
      const other = Uint8Array.from(bytes).fill(7, bytes.length - 40, bytes.length - 4);
      const { id, upload } = await announce(bytes);
      const status = await put(upload, other);
      const sealed = await seal(id);
      if (options.checks === "none") {
        assert.equal(status, 200, "this store takes them");
        assert.equal(sealed.status, 422);
        assert.equal(sealed.body.code, "evidence-mismatch");
        assert.match(String(sealed.body.detail), /a\.jpg: expected sha256/);
      } else {
        assert.equal(status, 400, "this store refuses them");
        assert.equal(sealed.body.sealed, false);
      }
      assert.equal(await served(id), undefined);
      const again = (await seal(id)).body as { uploads: Upload[] };
      assert.ok(again.uploads[0]);
      assert.equal(await put(again.uploads[0], bytes), 200, "the right ones may follow");
      assert.equal((await seal(id)).body.sealed, true);
      assert.deepEqual(await served(id), new Uint8Array(bytes));
    });

    it("serves what was sealed although the upload's URL is used once more", async () => {
      const bytes = await jpeg(33);
      const other = Uint8Array.from(bytes).fill(9, bytes.length - 40, bytes.length - 4);
      const { id, upload } = await announce(bytes);
      await put(upload, bytes);
      assert.equal((await seal(id)).body.sealed, true);
      assert.equal(await put(upload, other), options.checks === "none" ? 200 : 400);
      assert.equal((await seal(id)).body.sealed, true);
      assert.deepEqual(await served(id), new Uint8Array(bytes));
    });

    it("seals the same bytes that multipart takes, however long their head is", async () => {
      const long = thermal(await drawn().jpeg().toBuffer(), 400_000);
      const { id, upload } = await announce(long);
      assert.equal(await put(upload, long), 200);
      assert.equal((await seal(id)).body.sealed, true);
      const whole = await call("/events", multipart(eventAt(new Date()), { "a.jpg": long }));
      assert.equal(whole.status, 202);
    });

    it("is sealed once two devices' calls crossed", async () => {
      const bytes = await jpeg(34);
      const { id, upload } = await announce(bytes);
      await put(upload, bytes);
      const answers = await Promise.all([seal(id), seal(id), seal(id)]);
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await seal(id)).body.sealed, true);
      assert.deepEqual(await served(id), new Uint8Array(bytes));
    });
  });
}
