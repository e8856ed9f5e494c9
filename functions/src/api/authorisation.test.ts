/**
 * Every operation that the API's description has, as every kind of caller, with its own, foreign, missing and malformed ids.
 * Nothing here names an operation: one that is added is asked too.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import * as Id from "@vigil/core/id";
import { sign } from "@vigil/core/worker/signature";
import { Stripe } from "stripe";
import { createTestApi, signIn, type TestApi } from "../../testing/api.ts";
import { type Described, describedOperations } from "../../testing/described.ts";
import {
  addDevice,
  addEndpoint,
  addInvitation,
  addMember,
  type Caller,
  callersOf,
  type Ids,
  settle,
  shadowOf,
  type Tenant,
} from "../../testing/tenants.ts";

const canary = "canary7f3a";
const scraperKey = "key-of-the-metrics";
const schemesOfAccounts = ["deviceKey", "memberKey", "signInCookie"];
const webhookSecret = "whsec_of_the_tests";
const ranks = { viewer: 0, member: 1, owner: 2 } as const;
const exampleId = new RegExp(`([a-z]{3})_${Id.exampleDigits}`, "g");

const kindOfPrefix = Object.fromEntries(
  Object.entries(Id.prefixes).map(([kind, prefix]) => [prefix, kind as Id.Kind]),
);
const missing: Ids = Object.fromEntries(
  Object.entries(kindOfPrefix).map(([prefix, kind]) => [prefix, Id.create(kind)]),
);
const malformed: Ids = Object.fromEntries(
  Object.values(Id.prefixes).map((prefix) => [prefix, `${prefix}_1`]),
);

/** Moves the times of an example, so that the last of them is now. */
function asOf(now: Date, example: string): string {
  const instant = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  const last = Math.max(...[...example.matchAll(instant)].map(([text]) => Date.parse(text)));
  return example.replaceAll(instant, (text) =>
    new Date(now.getTime() - last + Date.parse(text)).toISOString(),
  );
}

describe("every operation, as every caller", () => {
  let api: TestApi;
  let own: Tenant;
  let foreign: Tenant;
  let callers: Caller[];
  let operations: Described[];
  before(async () => {
    api = await createTestApi({ scraperKey, stripe: { webhookSecret, tierOfPrice: {} } });
    foreign = await settle(api, "pro", canary);
    own = await settle(api, "guardian", "ours");
    callers = await callersOf(api, own, scraperKey);
    operations = describedOperations(api.app);
  });
  after(() => api.close());

  /** The ids of the account, with a device or an endpoint that may be removed where the operation is about one. */
  async function ownIds(operation: Described): Promise<Ids> {
    const { ownerKey, ids } = own;
    const prefixes = idsIn(operation);
    if (prefixes.includes(Id.prefixes.device)) {
      return { ...ids, ...(await addDevice(api, { ownerKey, siteId: ids.sit ?? "", word: "ours" })) };
    }
    if (prefixes.includes(Id.prefixes.endpoint) || prefixes.includes(Id.prefixes.delivery)) {
      return { ...ids, ...(await addEndpoint(api, { ownerKey, word: "ours" })) };
    }
    if (prefixes.includes(Id.prefixes.member)) return { ...ids, ...(await addMember(api, own.accountId)) };
    if (prefixes.includes(Id.prefixes.invitation)) return { ...ids, ...(await addInvitation(api, ownerKey)) };
    return ids;
  }

  /** The prefixes of the ids that an operation is asked with, in its path and in its body. */
  function idsIn(operation: Described): string[] {
    const inPath = operation.parameters.flatMap(({ in: location, schema }) => {
      const [, kind] = /\/(\w+)Id$/.exec(schema.$ref ?? "") ?? [];
      return location === "path" && kind ? [Id.prefixes[kind.toLowerCase() as Id.Kind]] : [];
    });
    const inBody = [...JSON.stringify(operation.example ?? null).matchAll(exampleId)].map(
      ([, prefix]) => prefix ?? "",
    );
    return [...new Set([...inPath, ...inBody])];
  }

  async function ask(
    operation: Described,
    { key, cookie, scheme }: Caller,
    ids: Ids,
    idempotencyKey: string = randomUUID(),
  ): Promise<Response> {
    const { method, parameters, example, schemes } = operation;
    const headers: Record<string, string> = {
      // What is refused is called by its name in a language; no more than the English name may it tell things apart.
      "accept-language": "de",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(cookie === undefined ? {} : { cookie, origin: signIn.origin, "vigil-account": own.accountId }),
    };
    let path = operation.path;
    const query = new URLSearchParams();
    for (const { name, in: location, schema } of parameters) {
      const [, kind] = /\/(\w+)Id$/.exec(schema.$ref ?? "") ?? [];
      const id = kind && ids[Id.prefixes[kind.toLowerCase() as Id.Kind]];
      if (kind && !id) {
        throw new Error(`the tenants of this test have no ${kind}: add one to testing/tenants.ts`);
      }
      if (location === "path") path = path.replace(`{${name}}`, id ?? String(schema.example));
      if (location === "header") headers[name] = idempotencyKey;
      if (location === "query" && schema.example !== undefined) {
        query.set(name, `${schema.example as string | number}`);
      }
    }
    if (query.size > 0) path += `?${query.toString()}`;
    if (example === undefined) return api.call(method, path, { headers });
    const now = api.services.clock.now();
    const body = asOf(now, JSON.stringify(example)).replaceAll(
      exampleId,
      (_whole, prefix: string) => ids[prefix] ?? "",
    );
    headers["content-type"] = "application/json";
    if (schemes.includes("workerSignature") && scheme === "workerKey" && key !== undefined) {
      Object.assign(headers, sign(key, { id: `msg_${randomUUID()}`, at: now, body }));
    }
    if (schemes.includes("stripeSignature") && scheme === "stripeSignature") {
      const timestamp = Math.floor(now.getTime() / 1000);
      const settings = { payload: body, secret: webhookSecret, timestamp };
      headers["stripe-signature"] = Stripe.webhooks.generateTestHeaderString(settings);
    }
    return api.call(method, path, { headers, body });
  }

  /** The status that refuses this caller; undefined when it may call. */
  function refusalOf(
    { schemes, leastRole }: Described,
    { key, scheme, role }: Caller,
  ): 401 | 403 | undefined {
    if (schemes.length === 0) return undefined;
    if (scheme !== undefined && schemes.includes(scheme)) {
      if (leastRole === undefined) return undefined;
      return role === undefined || ranks[role] < ranks[leastRole] ? 403 : undefined;
    }
    const isKnownKey = key !== undefined && scheme !== undefined && scheme !== "scraperKey";
    const asksForKey = !schemes.includes("scraperKey") && !schemes.includes("stripeSignature");
    return isKnownKey && asksForKey ? 403 : 401;
  }

  /** The text of an answer; nothing of a stream, which has no end. */
  async function textOf(answer: Response): Promise<string> {
    if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer.text();
    await answer.body?.cancel();
    return "";
  }

  /** What an answer says, without the ids that were asked with and the id of the request. */
  async function saidBy(answer: Response, ids: Ids): Promise<string> {
    let text = `${answer.status} ${answer.headers.get("content-type")} ${await textOf(answer)}`;
    for (const [prefix, id] of Object.entries(ids)) text = text.replaceAll(id, prefix);
    return text.replaceAll(answer.headers.get("x-request-id") ?? "", "request");
  }

  it("asks enough: all kinds of credentials, and the neighbour's word is there to be found", async () => {
    const schemes = new Set(operations.flatMap((operation) => operation.schemes));
    const described = [
      "memberKey",
      "signInCookie",
      "deviceKey",
      "workerKey",
      "workerSignature",
      "operatorKey",
      "scraperKey",
    ];
    assert.deepEqual([...schemes].toSorted(), [...described, "stripeSignature"].toSorted());
    for (const path of [
      "/v1/digests",
      `/v1/search?q=${canary}`,
      "/v1/events",
      "/v1/sessions",
      "/v1/devices",
      "/v1/account",
    ]) {
      const answer = await api.call("GET", path, { key: foreign.ownerKey });
      assert.match(await answer.text(), new RegExp(canary), path);
    }
  });

  it("refuses whoever may not call it, and nobody else", async () => {
    for (const operation of operations) {
      // What removes something may be the end of its caller.
      const all = operation.method === "DELETE" ? await callersOf(api, own, scraperKey) : callers;
      for (const caller of [...all, { name: "Stripe", scheme: "stripeSignature" }]) {
        const what = `${operation.operationId} as ${caller.name}`;
        const expected = refusalOf(operation, caller);
        // Whoever is refused changes nothing, so that any id will do.
        const answer = await ask(
          operation,
          caller,
          expected === undefined ? await ownIds(operation) : own.ids,
        );
        const text = await textOf(answer);
        // What is no id of ours, such as a token in a mailed link, is made up here, and need not be there.
        const hasToken =
          operation.path.includes("{") || JSON.stringify(operation.example ?? null).includes('"token"');
        const isMadeUp = hasToken && idsIn(operation).length === 0;
        if (expected !== undefined) assert.equal(answer.status, expected, what);
        else if (!isMadeUp || answer.status !== 404) {
          assert.ok(![401, 403, 404].includes(answer.status) && answer.status < 500, `${what}: ${text}`);
        }
        const isOfAnAccount = schemesOfAccounts.includes(caller.scheme ?? "");
        if (isOfAnAccount || expected !== undefined) assert.doesNotMatch(text, new RegExp(canary), what);
      }
    }
  });

  it("lets nobody keep an answer that holds a secret, be it the first or a replay", async () => {
    const secret = /"(?:key|secret|link)":"[^"]{20,}|vgl_[a-z]{3}_\w|whsec_/;
    const told = new Set<string>();
    for (const operation of operations.filter(({ method }) => method === "POST")) {
      for (const caller of callers.filter((one) => refusalOf(operation, one) === undefined)) {
        const [ids, key] = [await ownIds(operation), randomUUID()];
        for (const time of ["first", "replay"]) {
          const answer = await ask(operation, caller, ids, key);
          if (!secret.test(await textOf(answer))) break;
          const what = `${operation.operationId} as ${caller.name}, ${time}`;
          assert.equal(answer.headers.get("cache-control"), "no-store", what);
          if (answer.headers.get("idempotency-replayed") === "true") told.add(operation.operationId);
        }
      }
    }
    for (const name of ["addDevice", "addDeviceKey", "rotateEndpointSecret", "addInvitation", "addToken"]) {
      assert.ok(told.has(name), `${name} was not replayed with its secret: ${[...told].join(", ")}`);
    }
  });

  it("answers for what is another account's as for what is not there", async () => {
    for (const operation of operations) {
      for (const caller of callers.filter((one) => refusalOf(operation, one) === undefined)) {
        // A worker or an operator belongs to no account; but a moment is of one review.
        const isOfAnAccount = schemesOfAccounts.includes(caller.scheme ?? "");
        for (const prefix of idsIn(operation).filter((one) => isOfAnAccount || one === "mom")) {
          const what = `${operation.operationId} as ${caller.name}, another account's ${prefix}`;
          const [theirs, none] = [foreign.ids, missing].map((others) => ({
            ...own.ids,
            [prefix]: others[prefix] ?? "",
          }));
          if (!theirs || !none) throw new Error("expected ids");
          const answer = await ask(operation, caller, theirs);
          if (isOfAnAccount) assert.equal(answer.status, 404, what);
          else assert.ok(answer.status >= 400 && answer.status < 500, what);
          const said = await saidBy(answer, theirs);
          assert.doesNotMatch(said, new RegExp(canary), what);
          assert.equal(said, await saidBy(await ask(operation, caller, none), none), what);
        }
      }
    }
  });

  it("says nothing of what a model on trial saw to whoever is of the account", async () => {
    const operator = callers.find(({ scheme }) => scheme === "operatorKey");
    const trial = await api.call("GET", `/operator/v1/experiments/${own.ids["xpr"]}/disagreements`, operator);
    assert.match(await trial.text(), new RegExp(shadowOf("ours")), "it is there to be found");
    let asked = 0;
    for (const operation of operations.filter(({ method }) => method === "GET")) {
      for (const caller of callers.filter(({ role }) => role !== undefined)) {
        const answer = await ask(operation, caller, own.ids);
        if (answer.status === 200) asked += 1;
        assert.doesNotMatch(await textOf(answer), new RegExp(shadowOf("ours")), operation.operationId);
      }
    }
    assert.ok(asked > 100, `${asked} answers`);
  });

  it("answers 404 for an id in the path that is missing or malformed, to whoever may ask", async () => {
    for (const operation of operations) {
      const prefixes = idsIn(operation);
      if (!operation.path.includes("{") || prefixes.length === 0) continue;
      for (const caller of callers.filter((one) => refusalOf(operation, one) === undefined)) {
        for (const ids of [missing, malformed]) {
          const answer = await ask(operation, caller, ids);
          const isInBody = operation.example !== undefined && ids === malformed;
          assert.ok(
            answer.status === 404 || (isInBody && answer.status === 400),
            `${operation.operationId} as ${caller.name}: ${answer.status} ${await answer.text()}`,
          );
        }
      }
    }
  });
});
