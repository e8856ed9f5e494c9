import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { DeliverySummary, DeliveryView } from "@vigil/core/delivery/wire";
import { EndpointOffer, EndpointView, EndpointWithSecret } from "@vigil/core/endpoint/wire";
import { delivery as limits } from "@vigil/core/limits";
import * as z from "zod";
import { createTestApi, problemOf, type TestApi } from "../../../testing/api.ts";

const url = "http://127.0.0.1:1/hook";

describe("/v1/endpoints and /v1/deliveries", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());
  const mine = () => api.account("pro").memberToken;
  const other = () => api.account("lite").memberToken;
  const post = (path: string, json: unknown, key = mine()) =>
    api.call("POST", path, { key, json, headers: { "idempotency-key": randomUUID() } });
  const add = async (part: Record<string, unknown> = {}) => {
    const answer = await post("/v1/endpoints", { type: "webhook", url: `${url}/${randomUUID()}`, ...part });
    assert.equal(answer.status, 201, await answer.clone().text());
    assert.equal(answer.headers.get("cache-control"), "no-store");
    return EndpointWithSecret.parse(await answer.json());
  };
  const deliveriesOf = async (id: string) =>
    z
      .object({ items: z.array(DeliverySummary) })
      .parse(await (await api.call("GET", `/v1/endpoints/${id}/deliveries`, { key: mine() })).json()).items;

  describe("happy", () => {
    it("adds a webhook, says its secret once, and shows it without", async () => {
      const made = await add({ name: "Doorman" });
      assert.match(made.secret ?? "", /^whsec_[A-Za-z0-9+/]{43}=$/);
      const listed = await (await api.call("GET", "/v1/endpoints", { key: mine() })).text();
      assert.ok(listed.includes("Doorman") && !listed.includes(made.secret ?? "?"));
    });

    it("takes the same address again as a change of what it wants", async () => {
      const made = await add({ url: `${url}/twice` });
      const again = EndpointWithSecret.parse(
        await (
          await post("/v1/endpoints", { type: "webhook", url: `${url}/twice`, levelFrom: "critical" })
        ).json(),
      );
      assert.equal(again.id, made.id);
      assert.equal(again.levelFrom, "critical");
      assert.equal(again.secret, undefined);
    });

    it("takes its language from who adds it, until it is given another", async () => {
      const input = { type: "email", address: "leser@example.com" };
      const answer = await api.call("POST", "/v1/endpoints", {
        key: mine(),
        json: input,
        headers: { "idempotency-key": randomUUID(), "accept-language": "de-AT,en;q=0.5" },
      });
      const { id, language } = EndpointView.parse(await answer.json());
      assert.equal(language, "de");
      const languageNow = async (again: Response) => EndpointView.parse(await again.json()).language;
      assert.equal(await languageNow(await post("/v1/endpoints", input)), "de", "nobody asks for another");
      assert.equal(await languageNow(await post("/v1/endpoints", { ...input, language: "en" })), "en");
      const change = (json: unknown) => api.call("PATCH", `/v1/endpoints/${id}`, { key: mine(), json });
      assert.equal(await languageNow(await change({ language: "de" })), "de");
      assert.equal((await change({ language: "tlh" })).status, 400);
      const links = (await deliveriesOf(id)).map(({ title }) => title);
      assert.match(links[0] ?? "", /^Bestätigen Sie, dass Vigil Ihnen über „.+“ schreiben darf$/);
      const page = await api.call("GET", "/endpoints/confirm/x", { headers: { "accept-language": "de" } });
      assert.equal(page.headers.get("content-language"), "de");
      const words = await page.text();
      assert.match(words, /<html lang="de">/);
      assert.match(words, /Darf Vigil an diese Adresse schreiben\?/);
    });

    it("changes, tests, shows what came of it, redelivers, rotates and removes", async () => {
      const { id, secret } = await add();
      const changed = await api.call("PATCH", `/v1/endpoints/${id}`, {
        key: mine(),
        json: { levelFrom: "low" },
      });
      assert.equal(EndpointView.parse(await changed.json()).levelFrom, "low");
      assert.equal((await api.call("POST", `/v1/endpoints/${id}/test`, { key: mine() })).status, 202);
      const [told] = await deliveriesOf(id);
      assert.equal(told?.kind, "test");
      const whole = await api.call("GET", `/v1/deliveries/${told?.id}`, { key: mine() });
      assert.equal(DeliveryView.parse(await whole.json()).message.type, "vigil.test.v1");
      const again = await post(`/v1/deliveries/${told?.id}/redeliveries`, {});
      assert.deepEqual([again.status, await again.json()], [202, { count: 0 }], "it is under way anyway");
      const rotated = EndpointWithSecret.parse(await (await post(`/v1/endpoints/${id}/secret`, {})).json());
      assert.notEqual(rotated.secret, secret);
      assert.equal((await api.call("DELETE", `/v1/endpoints/${id}`, { key: mine() })).status, 204);
      assert.equal((await api.call("POST", `/v1/endpoints/${id}/test`, { key: mine() })).status, 404);
      assert.equal((await deliveriesOf(id))[0]?.state, "dropped");
    });

    it("says what it can tell with", async () => {
      const answer = await api.call("GET", "/v1/endpoints/offer", { key: mine() });
      assert.deepEqual(EndpointOffer.parse(await answer.json()), { email: true, vapidPublicKey: null });
    });
  });

  describe("refused", () => {
    it("an address that leads inside, naming the field", async () => {
      api.services.telling.receivers = { localReceivers: false };
      const answer = await post("/v1/endpoints", { type: "webhook", url: "https://169.254.169.254/" });
      api.services.telling.receivers = { localReceivers: true };
      assert.equal(answer.status, 400);
      assert.equal((await problemOf(answer)).errors[0]?.pointer, "/url");
    });
    it("web push where it is not set up", async () => {
      const keys = { p256dh: "B".repeat(87), auth: "A".repeat(22) };
      const subscription = { endpoint: "https://push.example.com/x", keys };
      const answer = await post("/v1/endpoints", { type: "push", subscription });
      assert.deepEqual([answer.status, (await problemOf(answer)).code], [409, "not-offered"]);
    });
    it("a site of another account", async () => {
      const answer = await post("/v1/endpoints", {
        type: "webhook",
        url,
        siteIds: [api.account("lite").siteId],
      });
      assert.equal(answer.status, 400);
      assert.equal((await problemOf(answer)).errors[0]?.pointer, "/siteIds");
    });
    it("fields that do not exist, no kinds, an address that is none", async () => {
      for (const wrong of [
        { type: "webhook", url, color: "red" },
        { type: "webhook", url, kinds: [] },
        { type: "webhook", url, kinds: ["confirm"] },
        { type: "email", address: "nobody" },
        { type: "fax", number: "1" },
        {},
      ]) {
        assert.equal((await post("/v1/endpoints", wrong)).status, 400, JSON.stringify(wrong));
      }
    });
    it("more endpoints than an account may have", async () => {
      const key = api.account("guardian").memberToken;
      const statuses: number[] = [];
      for (let index = 0; index <= limits.endpointsPerAccountMax; index += 1) {
        statuses.push((await post("/v1/endpoints", { type: "webhook", url: `${url}/${index}` }, key)).status);
      }
      assert.equal(statuses.at(-1), 429);
      assert.equal(statuses.filter((status) => status === 201).length, limits.endpointsPerAccountMax);
    });
    it("a test of an endpoint that is switched off", async () => {
      const { id } = await add();
      await api.call("PATCH", `/v1/endpoints/${id}`, { key: mine(), json: { enabled: false } });
      assert.equal((await api.call("POST", `/v1/endpoints/${id}/test`, { key: mine() })).status, 409);
    });
  });

  describe("foreign", () => {
    it("answers for another account's endpoints and deliveries as for none", async () => {
      const { id } = await add();
      await api.call("POST", `/v1/endpoints/${id}/test`, { key: mine() });
      const [told] = await deliveriesOf(id);
      const attempts: [string, string, unknown?][] = [
        ["PATCH", `/v1/endpoints/${id}`, { levelFrom: "low" }],
        ["DELETE", `/v1/endpoints/${id}`],
        ["POST", `/v1/endpoints/${id}/test`],
        ["GET", `/v1/endpoints/${id}/deliveries`],
        ["GET", `/v1/deliveries/${told?.id}`],
      ];
      for (const [method, path, json] of attempts) {
        const answer = await api.call(method, path, { key: other(), ...(json ? { json } : {}) });
        assert.equal(answer.status, 404, `${method} ${path}`);
      }
      assert.equal((await post(`/v1/endpoints/${id}/secret`, {}, other())).status, 404);
      assert.equal((await post(`/v1/deliveries/${told?.id}/redeliveries`, {}, other())).status, 404);
    });
  });

  describe("links in e-mails", () => {
    it("show a page that changes nothing, and act when its button is pressed", async () => {
      const made = await add({ type: "email", url: undefined, address: "reader@example.com" });
      const [asked] = await deliveriesOf(made.id);
      const { message } = DeliveryView.parse(
        await (await api.call("GET", `/v1/deliveries/${asked?.id}`, { key: mine() })).json(),
      );
      const path = new URL(message.data.links.console).pathname;
      const state = async () => {
        const listed = z.object({ items: z.array(EndpointView) });
        const { items } = listed.parse(
          await (await api.call("GET", "/v1/endpoints", { key: mine() })).json(),
        );
        return items.find(({ id }) => id === made.id)?.state;
      };
      const page = await api.call("GET", path);
      assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
      assert.match(await page.text(), /<form method="post">/);
      assert.equal(await state(), "unconfirmed");
      const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
      assert.equal((await api.call("POST", path, { body })).status, 200);
      assert.equal(await state(), "active");
      assert.equal((await api.call("POST", `${path.slice(0, -3)}abc`)).status, 404);
      assert.equal((await api.call("GET", "/endpoints/confirm/%3Cscript%3E")).status, 200);
    });
  });
});
