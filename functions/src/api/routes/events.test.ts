import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { EventAccepted, EventView } from "@vigil/core/event/wire";
import { accept, evidence, MIB } from "@vigil/core/limits";
import { jpeg, pngOf } from "../../../../packages/core/testing/images.ts";
import {
  announced,
  createTestApi,
  eventAt,
  multipart,
  problemOf,
  type TestApi,
} from "../../../testing/api.ts";

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { a: nested(levels - 1) };
}

describe("POST /v1/events", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());
  const post = (
    json: unknown,
    key = api.account("guardian").deviceKey,
    headers: Record<string, string> = {},
  ) => api.call("POST", "/v1/events", { key, json, headers });
  const postImages = (
    event: unknown,
    images: Record<string, Uint8Array>,
    key = api.account("guardian").deviceKey,
  ) => api.call("POST", "/v1/events", { key, body: multipart(event, images) });

  describe("happy", () => {
    it("answers 202 with the assessment and where to upload", async () => {
      const bytes = await jpeg(1);
      const answer = await post(eventAt(api.services.clock.now(), { evidence: [announced("a.jpg", bytes)] }));
      assert.equal(answer.status, 202);
      const body = EventAccepted.parse(await answer.json());
      assert.equal(body.status, "accepted");
      assert.equal(body.uploads[0]?.method, "PUT");
      assert.equal(body.uploads[0]?.headers["content-length"], String(bytes.byteLength));
    });

    it("shows one event as the list shows it, by the id that its device was answered", async () => {
      const bytes = await jpeg(2);
      const { id } = EventAccepted.parse(
        await (await postImages(eventAt(api.services.clock.now()), { "a.jpg": bytes })).json(),
      );
      const key = api.account("guardian").memberToken;
      const shown = EventView.parse(await (await api.call("GET", `/v1/events/${id}`, { key })).json());
      const listed = (await (await api.call("GET", "/v1/events?limit=1", { key })).json()) as {
        items: unknown[];
      };
      assert.deepEqual([shown], listed.items);
      assert.equal(shown.evidence[0]?.bytes, bytes.byteLength);
    });

    it("takes a confidence too small for its column as 0", async () => {
      const answer = await post(eventAt(api.services.clock.now(), { confidence: 1e-50 }));
      const { id } = EventAccepted.parse(await answer.json());
      const [row] = await api.base.owner`select confidence from event where id = ${id}`;
      assert.equal(row?.confidence, 0);
    });

    it("echoes the request id, and makes one where there is none or a strange one", async () => {
      const given = await post(eventAt(api.services.clock.now()), undefined, { "x-request-id": "abc-1" });
      assert.equal(given.headers.get("x-request-id"), "abc-1");
      const made = await post(eventAt(api.services.clock.now()), undefined, { "x-request-id": "a b\tc" });
      assert.match(made.headers.get("x-request-id") ?? "", /^req_/);
    });

    it("stores the images of a multipart event and has nothing left to upload", async () => {
      const answer = await postImages(eventAt(api.services.clock.now()), {
        "a.jpg": await jpeg(2),
        "b.jpg": await jpeg(3),
      });
      assert.equal(answer.status, 202);
      const body = EventAccepted.parse(await answer.json());
      assert.deepEqual(body.uploads, []);
      const rows = await api.base.owner`select state from moment where event_id = ${body.id}`;
      assert.deepEqual(
        rows.map((row) => row.state),
        ["ready", "ready"],
      );
    });

    it("answers a repeated Idempotency-Key from the first answer", async () => {
      const event = eventAt(api.services.clock.now());
      const key = randomUUID();
      const first = await post(event, undefined, { "idempotency-key": key });
      const again = await post(event, undefined, { "idempotency-key": key });
      assert.equal(again.headers.get("idempotency-replayed"), "true");
      assert.deepEqual(await again.json(), await first.json());
    });

    it("accepts and refuses each event of a batch by itself, in order", async () => {
      const now = api.services.clock.now();
      const events = [
        eventAt(now),
        eventAt(now, { type: "earthquake" }),
        eventAt(now, { zone: "a\0" }),
        eventAt(now),
      ];
      const answer = await api.call("POST", "/v1/events/batch", {
        key: api.account("pro").deviceKey,
        json: { events },
      });
      assert.equal(answer.status, 200);
      const { items } = (await answer.json()) as { items: { status: number }[] };
      assert.deepEqual(
        items.map((item) => item.status),
        [202, 400, 400, 202],
      );
    });
  });

  describe("refused, with nothing stored", () => {
    let stored = 0;
    before(async () => {
      stored = await api.countStored();
    });
    async function refused(answer: Response, status: number, code: string): Promise<void> {
      const body = await problemOf(answer);
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.equal(body.code, code);
      assert.equal(body.status, status);
      assert.equal(body.requestId, answer.headers.get("x-request-id"));
      assert.equal(await api.countStored(), stored);
    }
    const now = () => api.services.clock.now();

    it("an unknown type, naming the field", async () => {
      const answer = await post(eventAt(now(), { type: "earthquake" }));
      const copy = answer.clone();
      await refused(answer, 400, "invalid-body");
      assert.equal((await problemOf(copy)).errors[0]?.pointer, "/type");
    });
    it("a time of the future", async () =>
      refused(
        await post(eventAt(new Date(now().getTime() + accept.eventAheadMsMax + 1_000))),
        400,
        "event-in-future",
      ));
    it("an ancient time", async () =>
      refused(
        await post(eventAt(new Date(now().getTime() - accept.eventAgeMsMax - 1_000))),
        400,
        "event-too-old",
      ));
    it("101 events in a batch", async () => {
      const events = Array.from({ length: 101 }, () => eventAt(now()));
      await refused(
        await api.call("POST", "/v1/events/batch", { key: api.account("pro").deviceKey, json: { events } }),
        400,
        "batch-too-large",
      );
    });
    for (const [name, part] of [
      ["NUL in a zone", { zone: "a\0b" }],
      ["half of a surrogate pair in a zone", { zone: "\ud800" }],
      ["NUL in an attribute", { attributes: { a: ["x\0"] } }],
      ["half of a surrogate pair in an attribute's name", { attributes: { "\ud800": 1 } }],
    ] as const) {
      it(name, async () => refused(await post(eventAt(now(), part)), 400, "invalid-body"));
    }
    for (const capturedAt of [
      "0000-01-01T00:00:00Z",
      "0001-01-01T00:00:00+23:59",
      "9999-12-31T23:59:59-23:59",
    ]) {
      it(`evidence captured at ${capturedAt}`, async () => {
        const piece = { ...announced("a.jpg", new Uint8Array(3)), capturedAt };
        await refused(await post(eventAt(now(), { evidence: [piece] })), 400, "invalid-body");
      });
    }
    it("a cursor that no list has made", async () => {
      const cursor = Buffer.from(`evt_${"\0".repeat(32)}`).toString("base64url");
      const key = api.account("lite").memberToken;
      await refused(await api.call("GET", `/v1/events?cursor=${cursor}`, { key }), 400, "invalid-cursor");
    });
    it("11 levels of nesting", async () =>
      refused(await post(eventAt(now(), { attributes: nested(10) })), 400, "too-deep"));
    it("too many attributes", async () =>
      refused(await post(eventAt(now(), { attributes: { a: "x".repeat(5_000) } })), 400, "invalid-body"));
    it("a body over 100 KB", async () =>
      refused(await post(eventAt(now(), { zone: "x".repeat(110_000) })), 413, "body-too-large"));
    it("a body that is not JSON", async () =>
      refused(
        await api.call("POST", "/v1/events", {
          key: api.account("lite").deviceKey,
          body: "{",
          headers: { "content-type": "application/json" },
        }),
        400,
        "invalid-json",
      ));
    it("another content type, whatever its size, and says which ones there are", async () => {
      for (const [contentType, body] of [
        ["text/plain", "id=1"],
        ["application/x-www-form-urlencoded", "{}"],
        ["image/jpeg", new Uint8Array(300_000)],
      ] as const) {
        const headers = { "content-type": contentType };
        const answer = await api.call("POST", "/v1/events", {
          key: api.account("lite").deviceKey,
          body,
          headers,
        });
        assert.match((await problemOf(answer.clone())).detail, /json, or multipart.*-F 'image=@photo\.jpg'/);
        await refused(answer, 415, "unsupported-media-type");
      }
    });
    it("a field that is wrong, and names it where everybody looks", async () => {
      const answer = await post({ ...eventAt(now()), type: "persn", zone: 42 });
      const { detail } = await problemOf(answer.clone());
      assert.match(detail, /^the body .*: \/type: .*"person".* \(and 1 more, see errors\)$/);
      await refused(answer, 400, "invalid-body");
    });
    it("a 6 MiB image", async () =>
      refused(
        await postImages(eventAt(now()), { "a.jpg": new Uint8Array(6 * MIB).fill(0xff) }),
        413,
        "evidence-too-large",
      ));
    it("an announced 6 MiB image", async () => {
      const piece = { ...announced("a.jpg", new Uint8Array(1)), bytes: 6 * MIB };
      await refused(await post(eventAt(now(), { evidence: [piece] })), 400, "invalid-body");
    });
    it("a text file named .jpg", async () =>
      refused(
        await postImages(eventAt(now()), { "a.jpg": Buffer.from("I am a text, not a picture.") }),
        422,
        "evidence-not-an-image",
      ));
    it("a 50-megapixel PNG bomb", async () =>
      refused(
        await postImages(eventAt(now()), { "bomb.png": pngOf(10_000, 5_000) }),
        422,
        "evidence-too-many-pixels",
      ));
    it("a PNG of one row of 39,999,999 pixels, and one of one column", async () => {
      for (const bomb of [pngOf(39_999_999, 1), pngOf(1, 39_999_999)]) {
        await refused(await postImages(eventAt(now()), { "row.png": bomb }), 422, "evidence-too-many-pixels");
      }
    });
    it("evidence whose sha256 does not match", async () => {
      const bytes = await jpeg(4);
      const wrong = { ...announced("a.jpg", bytes), sha256: "f".repeat(64) };
      await refused(
        await postImages(eventAt(now(), { evidence: [wrong] }), { "a.jpg": bytes }),
        422,
        "evidence-mismatch",
      );
    });
    it("a multipart body without the event", async () =>
      refused(
        await api.call("POST", "/v1/events", { key: api.account("lite").deviceKey, body: new FormData() }),
        400,
        "multipart-incomplete",
      ));
    it("41 images", async () => {
      const one = await jpeg(5);
      const images = Object.fromEntries(
        Array.from({ length: evidence.perEventMax + 1 }, (_, index) => [`${index}.jpg`, one]),
      );
      await refused(await postImages(eventAt(now()), images), 413, "evidence-too-large");
    });
    it("no key, a malformed key, an invented key, a member's key", async () => {
      await refused(await api.call("POST", "/v1/events", { json: eventAt(now()) }), 401, "unauthenticated");
      await refused(await post(eventAt(now()), "vgl_dev_nonsense"), 401, "unauthenticated");
      const { deviceKey, memberToken } = api.account("lite");
      await refused(
        await post(eventAt(now()), `${deviceKey.slice(0, -1)}${deviceKey.endsWith("A") ? "B" : "A"}`),
        401,
        "unauthenticated",
      );
      await refused(await post(eventAt(now()), memberToken), 403, "forbidden");
    });
    it("an idempotency key reused with another body", async () => {
      const key = randomUUID();
      await post(eventAt(now()), undefined, { "idempotency-key": key });
      stored = await api.countStored();
      await refused(
        await post(eventAt(now()), undefined, { "idempotency-key": key }),
        422,
        "idempotency-key-reused",
      );
    });
    it("the id of another event of the same device", async () => {
      const event = eventAt(now());
      await post(event);
      stored = await api.countStored();
      await refused(await post({ ...event, type: "vehicle" }), 409, "event-id-reused");
    });
  });

  describe("foreign", () => {
    it("keeps the same client id of two accounts apart", async () => {
      const event = eventAt(api.services.clock.now());
      const one = EventAccepted.parse(await (await post(event)).json());
      const other = EventAccepted.parse(await (await post(event, api.account("pro").deviceKey)).json());
      assert.notEqual(one.id, other.id);
      assert.equal(other.status, "accepted");
    });
    it("refuses to seal an event of another account as if it did not exist", async () => {
      const event = EventAccepted.parse(await (await post(eventAt(api.services.clock.now()))).json());
      const answer = await api.call("POST", `/v1/events/${event.id}/seal`, {
        key: api.account("pro").deviceKey,
      });
      assert.equal(answer.status, 404);
    });
    it("lists only the events of the account", async () => {
      await post(eventAt(api.services.clock.now()));
      const answer = await api.call("GET", "/v1/events?limit=100", { key: api.account("lite").memberToken });
      assert.deepEqual(await answer.json(), { items: [], nextCursor: null });
    });
    it("refuses a revoked key at once", async () => {
      const { memberToken, deviceId } = api.account("pro");
      const issued = await api.call("POST", `/v1/devices/${deviceId}/keys`, {
        key: memberToken,
        headers: { "idempotency-key": randomUUID() },
      });
      const { key, keys } = (await issued.json()) as {
        key: string;
        keys: { id: string; createdAt: string }[];
      };
      assert.equal((await post(eventAt(api.services.clock.now()), key)).status, 202);
      const newest = keys.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
      assert.equal(
        (await api.call("DELETE", `/v1/devices/${deviceId}/keys/${newest?.id}`, { key: memberToken })).status,
        204,
      );
      assert.equal((await post(eventAt(api.services.clock.now()), key)).status, 401);
    });
  });

  describe("sealing", () => {
    async function announce(bytes: Uint8Array) {
      const answer = await post(eventAt(api.services.clock.now(), { evidence: [announced("a.jpg", bytes)] }));
      const body = EventAccepted.parse(await answer.json());
      const key = body.uploads[0]?.url.replace("http://memory.invalid/", "") ?? "";
      const seal = () =>
        api.call("POST", `/v1/events/${body.id}/seal`, { key: api.account("guardian").deviceKey });
      return { id: body.id, key, seal };
    }

    it("answers fresh upload URLs for what is missing, then seals, and again", async () => {
      const bytes = await jpeg(6);
      const { key, seal } = await announce(bytes);
      const missing = (await (await seal()).json()) as { sealed: boolean; uploads: unknown[] };
      assert.equal(missing.sealed, false);
      assert.equal(missing.uploads.length, 1);
      const { sha256 } = announced("a.jpg", bytes) as { sha256: string };
      await api.services.blobs.put({ key, body: bytes, contentType: "image/jpeg", sha256 });
      for (const _ of [1, 2]) {
        const sealed = (await (await seal()).json()) as {
          sealed: boolean;
          ready: number;
          uploads: unknown[];
        };
        assert.deepEqual({ ...sealed, id: "" }, { id: "", sealed: true, ready: 1, uploads: [] });
      }
    });

    it("refuses a text where a picture was announced, and forgets the object", async () => {
      const text = Buffer.from("not a picture at all");
      const { key, seal } = await announce(text);
      const { sha256 } = announced("a.jpg", text) as { sha256: string };
      await api.services.blobs.put({ key, body: text, contentType: "image/jpeg", sha256 });
      const answer = await seal();
      assert.equal(answer.status, 422);
      assert.equal((await problemOf(answer)).code, "evidence-not-an-image");
      assert.equal(await api.services.blobs.find(key), undefined);
    });
  });
});
