/** What stands in front of the API, before a real one; in Cloudflare's own runtime it is tested with the whole walk. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import * as Key from "@vigil/core/key/format";
import { accept, MIB } from "@vigil/core/limits";
import type { ProblemBody } from "@vigil/core/problem";
import { heavyJpeg, jpeg } from "../../../packages/core/testing/images.ts";
import { announced, eventAt } from "../../testing/api.ts";
import { eventPart, type FormPart, formBody, imagePart } from "../../testing/forms.ts";
import { type ServedApi, serveApi } from "../../testing/served-api.ts";
import { createEdge } from "./app.ts";
import { type RateBinding, readConfig } from "./config.ts";

const formType = "multipart/form-data; boundary=xxBOUNDxx";
const bodyBytesMax = 20 * MIB;
const log = { warn: () => undefined, error: () => undefined };

const form = (...told: Parameters<typeof formBody>) => new Uint8Array(formBody(...told));

describe("the edge", () => {
  let api: ServedApi;
  let key: string;
  let memberToken: string;
  let asked: string[];
  before(async () => {
    api = await serveApi();
    const account = api.base.seeded.accounts.find(({ tier }) => tier === "pro");
    key = account?.deviceKey ?? "";
    memberToken = account?.memberToken ?? "";
  });
  after(() => api.close());
  beforeEach(() => {
    asked = [];
    api.way.before = (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      return undefined;
    };
    api.way.after = undefined;
  });

  const edgeWith = (rate?: RateBinding) =>
    createEdge({ config: readConfig({ API_URL: api.url, BODY_BYTES_MAX: String(bodyBytesMax) }), rate, log });
  type Sent = {
    path?: string;
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  };
  const requestOf = (origin: string, { path = "/v1/events", method = "POST", headers = {}, body }: Sent) =>
    new Request(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body instanceof Uint8Array && { "content-length": String(body.length) }),
        ...headers,
      },
      ...(body === undefined ? {} : { body, duplex: "half" }),
    });
  const send = (sent: Sent, rate?: RateBinding) =>
    Promise.resolve(edgeWith(rate).fetch(requestOf("http://edge.test", sent)));
  const sendJson = (json: unknown, path = "/v1/events", rate?: RateBinding) =>
    send({ path, headers: { "content-type": "application/json" }, body: JSON.stringify(json) }, rate);
  /** In pieces, without saying how long it is: as a large form comes. */
  const inPieces = (bytes: Uint8Array, brokenAt = Number.POSITIVE_INFINITY) => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= brokenAt) return controller.error(new Error("the line went dead"));
        if (at >= bytes.length) return controller.close();
        controller.enqueue(Uint8Array.from(bytes.subarray(at, at + 16_384)));
        at += 16_384;
        return undefined;
      },
    });
  };
  const sendForm = (parts: readonly FormPart[], rate?: RateBinding) =>
    send({ headers: { "content-type": formType }, body: inPieces(form(parts)) }, rate);
  const newEvent = (part: Record<string, unknown> = {}) => eventAt(new Date(), part);
  const imageParts = (images: Record<string, Uint8Array>) =>
    Object.entries(images).map(([name, bytes]) => imagePart(bytes, `; filename="${name}"`));
  const pictures = async (seed: number) => ({ "a.jpg": await jpeg(seed), "b.jpg": await jpeg(seed + 1) });

  async function problemOf(answer: Response, status: number, code: string): Promise<ProblemBody> {
    const body = (await answer.json()) as ProblemBody;
    assert.deepEqual([answer.status, body.code], [status, code], body.detail);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    return body;
  }
  async function accepted(answer: Response): Promise<EventAccepted> {
    assert.equal(answer.status, 202, await answer.clone().text());
    return EventAccepted.parse(await answer.json());
  }
  async function stored(id: string) {
    const [row] = await api.base.owner<{ sealed: boolean; names: string[]; ready: number }[]>`
      select sealed_at is not null as sealed, array(select name from moment where event_id = event.id order by name) as names,
        (select count(*)::int from moment where event_id = event.id and state = 'ready') as ready
      from event where id = ${id}`;
    return row;
  }

  describe("refuses without asking the API", () => {
    const json = { "content-type": "application/json" };
    const type = { "content-type": formType };
    const cases: [string, (now: Date) => Sent | Promise<Sent>][] = [
      ["no key", () => ({ headers: { authorization: "" } })],
      ["another scheme", () => ({ headers: { authorization: "Basic YTpi" } })],
      ["a key that is none", () => ({ headers: { authorization: "Bearer vgl_dev_nothing" } })],
      [
        "a mistyped key",
        () => ({ headers: { authorization: `Bearer ${Key.generate("device").slice(0, -1)}_` } }),
      ],
      [
        "a key that is none, where members ask",
        () => ({
          path: "/v1/digests",
          method: "GET",
          headers: { authorization: "Bearer vgl_mem_nothing" },
        }),
      ],
      [
        "a member's key",
        () => ({ headers: { authorization: `Bearer ${memberToken}`, ...json }, body: "{}" }),
      ],
      ["no JSON", () => ({ headers: json, body: "{" })],
      ["a schema fault", (now) => ({ headers: json, body: JSON.stringify(eventAt(now, { type: "ghost" })) })],
      ["too deep JSON", () => ({ headers: json, body: "[".repeat(60) + "]".repeat(60) })],
      ["a large JSON", () => ({ headers: json, body: " ".repeat(accept.jsonBytesMax + 1) })],
      ["another content type", () => ({ headers: { "content-type": "text/plain" }, body: "hello" })],
      ["a compressed body", () => ({ headers: { ...json, "content-encoding": "gzip" }, body: "x" })],
      ["a batch that is none", () => ({ path: "/v1/events/batch", headers: json, body: '{"events":[]}' })],
      [
        "a batch of too many",
        (now) => ({
          path: "/v1/events/batch",
          headers: json,
          body: JSON.stringify({ events: Array.from({ length: 101 }, () => eventAt(now)) }),
        }),
      ],
      ["a form without an event", async () => ({ headers: type, body: form([imagePart(await jpeg(1))]) })],
      ["a form that is cut off", () => ({ headers: type, body: form([eventPart({})], { isOpen: true }) })],
      [
        "a form whose picture is none",
        (now) => ({
          headers: type,
          body: form([eventPart(eventAt(now)), imagePart(Buffer.from("no picture"), '; filename="a.jpg"')]),
        }),
      ],
    ];
    for (const [what, sent] of cases) {
      it(`${what}, in the API's own words`, async () => {
        const request = await sent(new Date());
        const answer = await send(request);
        assert.deepEqual(asked, []);
        const direct = await fetch(requestOf(api.url, request));
        const told = async (one: Response) => {
          const { requestId: _, ...body } = (await one.json()) as ProblemBody;
          const headers = ["content-type", "www-authenticate", "accept-encoding", "x-content-type-options"];
          return { status: one.status, body, headers: headers.map((name) => one.headers.get(name)) };
        };
        assert.deepEqual(await told(answer), await told(direct));
        assert.ok(answer.status >= 400);
      });
    }

    it("a form above the platform's limit, and names the way for it", async () => {
      const headers = { "content-type": formType, "content-length": String(bodyBytesMax + 1) };
      const answer = await send({ headers, body: "--xxBOUNDxx" });
      const { detail } = await problemOf(answer, 413, "body-too-large");
      assert.match(detail, /announce the pictures .*moreEvidence/);
      assert.deepEqual(asked, []);
    });

    it("a key that sends too fast, but for what threatens life", async () => {
      const keys: string[] = [];
      const rate: RateBinding = {
        limit: async ({ key: name }) => {
          keys.push(name);
          return { success: false };
        },
      };
      const answer = await sendJson(newEvent(), "/v1/events", rate);
      await problemOf(answer, 429, "rate-limited");
      assert.equal(answer.headers.get("retry-after"), "10");
      await problemOf(await sendForm([eventPart(newEvent())], rate), 429, "rate-limited");
      assert.deepEqual(asked, []);
      assert.ok(
        keys.every((name) => name !== "" && !name.includes(key)),
        "the platform is not given keys",
      );
      await accepted(await sendJson(newEvent({ type: "smoke" }), "/v1/events", rate));
    });
  });

  describe("carries a large form", () => {
    it("to the store, picture by picture; the same event again is known, here and there", async () => {
      const images = { "a.jpg": await heavyJpeg(71, 2.2 * MIB), "b.jpg": await heavyJpeg(72, 2.2 * MIB) };
      const event = newEvent();
      const body = form([eventPart(event), ...imageParts(images)]);
      const length = { "content-type": formType };
      const first = await accepted(await send({ headers: length, body }));
      assert.deepEqual([first.status, first.uploads], ["accepted", []]);
      assert.deepEqual(asked, [
        "POST /v1/events",
        `POST /v1/events/${first.id}/evidence`,
        `POST /v1/events/${first.id}/evidence`,
        `POST /v1/events/${first.id}/seal`,
      ]);
      assert.deepEqual(await stored(first.id), { sealed: true, names: ["a.jpg", "b.jpg"], ready: 2 });
      const again = await accepted(await send({ headers: length, body }));
      assert.deepEqual([again.id, again.status, again.uploads], [first.id, "duplicate", []]);
      const direct = await fetch(requestOf(api.url, { headers: length, body }));
      assert.deepEqual((await accepted(direct)).id, first.id);
      const other = { ...images, "b.jpg": await jpeg(73) };
      const refused = await sendForm([eventPart(event), ...imageParts(other)]);
      await problemOf(refused, 409, "event-id-reused");
    });

    it("whose event stands behind its first picture, and not behind its second", async () => {
      const [one, two] = imageParts(await pictures(81));
      assert.ok(one && two);
      const { id } = await accepted(await sendForm([one, eventPart(newEvent()), two]));
      assert.deepEqual(await stored(id), { sealed: true, names: ["a.jpg", "b.jpg"], ready: 2 });
      asked = [];
      const refused = await sendForm([one, two, eventPart(newEvent())]);
      assert.match((await problemOf(refused, 400, "multipart-incomplete")).detail, /put it first/);
      assert.deepEqual(asked, []);
    });

    it("under the names that the event announces, and misses none of them", async () => {
      const images = await pictures(83);
      const evidence = [announced("x.jpg", images["b.jpg"]), announced("y.jpg", images["a.jpg"])];
      const { id } = await accepted(
        await sendForm([eventPart(newEvent({ evidence })), ...imageParts(images)]),
      );
      assert.deepEqual(await stored(id), { sealed: true, names: ["x.jpg", "y.jpg"], ready: 2 });
      const [one] = imageParts(images);
      assert.ok(one);
      const missing = await sendForm([eventPart(newEvent({ evidence })), one]);
      assert.match((await problemOf(missing, 422, "evidence-missing")).detail, /x\.jpg.*recorded as evt_/);
    });

    it("of which a picture is none, and completes it when it comes put right", async () => {
      const images = await pictures(85);
      const event = newEvent();
      const broken = { "a.jpg": images["a.jpg"], "b.jpg": Buffer.from("no picture at all") };
      const refused = await sendForm([eventPart(event), ...imageParts(broken)]);
      const { detail } = await problemOf(refused, 422, "evidence-not-an-image");
      const [id = ""] = /evt_\w+/.exec(detail) ?? [];
      assert.deepEqual(await stored(id), { sealed: false, names: ["a.jpg"], ready: 0 });
      const right = await accepted(await sendForm([eventPart(event), ...imageParts(images)]));
      assert.deepEqual([right.id, right.status], [id, "duplicate"]);
      assert.deepEqual(await stored(id), { sealed: true, names: ["a.jpg", "b.jpg"], ready: 2 });
    });

    it("that breaks off, and completes it when it comes whole", async () => {
      const images = { "a.jpg": await jpeg(87), "b.jpg": await heavyJpeg(88, MIB) };
      const event = newEvent();
      const body = form([eventPart(event), ...imageParts(images)]);
      const headers = { "content-type": formType };
      const answer = await send({ headers, body: inPieces(body, MIB / 2) });
      assert.ok(answer.status >= 500);
      const whole = await accepted(await send({ headers, body: inPieces(body) }));
      assert.equal(whole.status, "duplicate");
      assert.deepEqual(await stored(whole.id), { sealed: true, names: ["a.jpg", "b.jpg"], ready: 2 });
    });

    it("though the store takes nothing: the device is told where to upload", async () => {
      const images = await pictures(89);
      api.way.after = async (_request, answer) => {
        const text = await answer.text();
        return new Response(text.replaceAll(api.objects.url, "http://127.0.0.1:1"), answer);
      };
      const { id, uploads } = await accepted(await sendForm([eventPart(newEvent()), ...imageParts(images)]));
      assert.deepEqual(uploads.map(({ name }) => name).toSorted(), ["a.jpg", "b.jpg"]);
      assert.deepEqual(await stored(id), { sealed: false, names: ["a.jpg", "b.jpg"], ready: 0 });
    });

    it("and passes the API's refusals on as they are", async () => {
      const unknown = { authorization: `Bearer ${Key.generate("device")}`, "content-type": formType };
      const answer = await send({ headers: unknown, body: inPieces(form([eventPart(newEvent())])) });
      await problemOf(answer, 401, "unauthenticated");
      const old = newEvent({ occurredAt: "2020-01-01T00:00:00Z" });
      await problemOf(await sendForm([eventPart(old)]), 400, "event-too-old");
    });
  });

  describe("passes on", () => {
    it("what is no event as it comes, and says nothing of who asks that it does not know", async () => {
      let seen: Request | undefined;
      api.way.before = (request) => {
        seen = request;
        return undefined;
      };
      const answer = await send({
        path: "/v1/account",
        method: "GET",
        headers: {
          authorization: `Bearer ${memberToken}`,
          "x-vigil-viewer": "1.2.3.4",
          "x-request-id": "mine",
        },
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("x-request-id"), "mine");
      assert.equal(seen?.headers.get("x-vigil-viewer"), null);
    });

    it("a stream while it goes on", async () => {
      const answer = await send({
        path: "/v1/digests/stream",
        method: "GET",
        headers: { authorization: `Bearer ${memberToken}` },
      });
      assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
      const reader = answer.body?.getReader();
      assert.equal((await reader?.read())?.done, false);
      await reader?.cancel();
    });

    it("nothing where the API does not answer, and says so", async () => {
      const edge = createEdge({ config: readConfig({ API_URL: "http://127.0.0.1:1" }), log });
      const answer = await edge.fetch(new Request("http://edge.test/healthz"));
      await problemOf(answer, 503, "unavailable");
      assert.ok(answer.headers.get("retry-after"));
    });
  });
});
