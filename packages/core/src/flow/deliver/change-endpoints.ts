/** Members say where the account is told, and try it out. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import * as Endpoint from "../../endpoint/index.ts";
import type { EndpointChange, EndpointInput, EndpointView, EndpointWithSecret } from "../../endpoint/wire.ts";
import type { Language } from "../../language/wire.ts";
import { delivery as limits } from "../../limits.ts";
import { refusalOf } from "../../platform/webhook-url.ts";
import { problem } from "../../problem.ts";
import * as Site from "../../site/index.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { dispatchDeliveries } from "./dispatch-deliveries.ts";
import { endpointWords } from "./endpoint-words.ts";
import { consolePage } from "./links.ts";
import { type Told, tell } from "./tell.ts";

type By = { accountId: string; actor: string };

/**
 * Adds an endpoint, or gives the one with the same address the new wishes. An e-mail address is told nothing until whoever
 * reads it has confirmed it.
 * @param language what the request asks for; undefined: nothing that Vigil speaks
 * @throws `not-offered`; `invalid-body` for an address that is refused or a site of nobody; `quota-exceeded` above the limit
 */
export async function addEndpoint(
  services: Services,
  { accountId, actor }: By,
  input: EndpointInput,
  language?: Language,
): Promise<EndpointWithSecret> {
  refuseUnoffered(services, input);
  refuseAddress(services, input);
  const key = services.telling.endpointKey;
  const at = services.clock.now();
  const secret = input.type === "webhook" ? Endpoint.createSecret() : null;
  const state = input.type === "email" ? "unconfirmed" : "active";
  const added = await inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    await Site.assertOwn(tx, input.siteIds ?? []);
    const { endpoint, isNew } = await Endpoint.record(
      tx,
      { accountId, memberId: actor, input, language: input.language ?? language, secret, state, at },
      key,
    );
    if (!isNew) return { endpoint, isNew };
    if ((await Endpoint.countAll(tx)) > limits.endpointsPerAccountMax) {
      throw problem(
        "quota-exceeded",
        `expected at most ${limits.endpointsPerAccountMax} endpoints; remove one`,
      );
    }
    const subject = endpoint.id;
    await Audit.record(tx, {
      accountId,
      actor,
      action: "endpoint.created",
      subject,
      detail: { type: endpoint.type },
      at,
    });
    if (endpoint.state === "unconfirmed") await askToConfirm(services, tx, account, endpoint);
    return { endpoint, isNew };
  });
  await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  const view = Endpoint.view(added.endpoint, key);
  return added.isNew && secret !== null ? { ...view, secret } : view;
}

function refuseUnoffered({ telling }: Services, { type }: EndpointInput): void {
  const isOffered = {
    webhook: true,
    email: telling.offered.email,
    push: telling.offered.vapidPublicKey !== null,
  }[type];
  if (isOffered) return;
  throw problem("not-offered", `this installation has no ${type === "email" ? "mail server" : "web push"}`);
}

function refuseAddress({ telling }: Services, input: EndpointInput): void {
  const url =
    input.type === "webhook" ? input.url : input.type === "push" ? input.subscription.endpoint : undefined;
  const refusal = url === undefined ? undefined : refusalOf(url, telling.receivers);
  if (refusal === undefined) return;
  const pointer = input.type === "push" ? "/subscription/endpoint" : "/url";
  throw problem("invalid-body", `the address is refused: ${refusal}`, {
    errors: [{ pointer, detail: refusal }],
  });
}

async function askToConfirm(
  services: Services,
  tx: Tx,
  account: Account.Account,
  endpoint: Endpoint.Endpoint,
): Promise<void> {
  const link = linkOf(services, "confirm", endpoint);
  const told = aboutEndpoint(services, endpoint, {
    kind: "confirm",
    say: (language) => endpointWords[language].confirm(account.name),
  });
  await tell(
    tx,
    account,
    { ...told, links: { console: link, api: null } },
    { now: services.clock.now(), only: endpoint.id },
  );
}

/** Where a link of an e-mail leads: a page of the API that asks once more, and acts on a POST. */
export function linkOf(
  services: Services,
  purpose: Exclude<Endpoint.Purpose, "picture">,
  endpoint: Endpoint.Endpoint,
): string {
  const token = Endpoint.createToken(
    purpose,
    { accountId: endpoint.accountId, id: endpoint.id },
    services.telling.endpointKey,
  );
  return `${services.telling.consoleOrigin}/endpoints/${purpose}/${token}`;
}

function aboutEndpoint(
  services: Services,
  endpoint: Endpoint.Endpoint,
  { kind, say }: Pick<Told, "kind" | "say">,
): Told {
  const at = services.clock.now();
  return {
    kind,
    subject: endpoint.id,
    version: at.toISOString(),
    level: "low",
    urgent: true,
    isLate: false,
    site: null,
    say,
    zones: [],
    seen: {},
    thread: `${endpoint.id}:${at.toISOString()}`,
    occurredAt: at,
    links: { console: consolePage(services, "endpoints"), api: `/v1/endpoints/${endpoint.id}` },
  };
}

export async function listEndpoints(services: Services, accountId: string): Promise<EndpointView[]> {
  const found = await inAccount(services.database, accountId, (tx) => Endpoint.list(tx));
  return found.map((endpoint) => Endpoint.view(endpoint, services.telling.endpointKey));
}

/** @throws `not-found`; `invalid-body` for a site of nobody; `endpoint-unconfirmed` */
export async function changeEndpoint(
  services: Services,
  { accountId, actor, id }: By & { id: string },
  { enabled, ...wishes }: EndpointChange,
): Promise<EndpointView> {
  const at = services.clock.now();
  const changed = await inAccount(services.database, accountId, async (tx) => {
    const found = await Endpoint.get(tx, id);
    await Site.assertOwn(tx, wishes.siteIds ?? []);
    await Endpoint.change(tx, id, wishes);
    if (enabled === true) await enable(services, tx, found);
    if (enabled === false && (await Endpoint.move(tx, id, "disabled", "a member switched it off"))) {
      await Delivery.dropPending(tx, id, "the endpoint was switched off", at);
    }
    const detail = { fields: [...Object.keys(wishes), ...(enabled === undefined ? [] : ["enabled"])] };
    await Audit.record(tx, { accountId, actor, action: "endpoint.changed", subject: id, detail, at });
    return Endpoint.get(tx, id);
  });
  await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  return Endpoint.view(changed, services.telling.endpointKey);
}

/** An e-mail address asks its reader anew. @throws `endpoint-unconfirmed` while it waits for that */
async function enable(services: Services, tx: Tx, endpoint: Endpoint.Endpoint): Promise<void> {
  if (endpoint.state === "unconfirmed") {
    throw problem(
      "endpoint-unconfirmed",
      "the address is confirmed by the link in the e-mail that it was sent",
    );
  }
  if (endpoint.type !== "email") await Endpoint.move(tx, endpoint.id, "active");
  else if (await Endpoint.move(tx, endpoint.id, "unconfirmed")) {
    await askToConfirm(services, tx, await Account.get(tx, endpoint.accountId), endpoint);
  }
}

/** What it was still owed is dropped, and its address and secrets are forgotten. @throws `not-found` */
export async function removeEndpoint(
  services: Services,
  { accountId, actor, id }: By & { id: string },
): Promise<void> {
  const at = services.clock.now();
  await inAccount(services.database, accountId, async (tx) => {
    await Endpoint.get(tx, id);
    await Endpoint.move(tx, id, "removed");
    await Delivery.dropPending(tx, id, "the endpoint was removed", at);
    await Endpoint.forgetTarget(tx, id);
    await Audit.record(tx, { accountId, actor, action: "endpoint.removed", subject: id, at });
  });
}

/** A new secret for a webhook; the old one signs beside it for a day. @throws `not-found`, `no-secret` */
export async function rotateSecret(
  services: Services,
  { accountId, actor, id }: By & { id: string },
): Promise<EndpointWithSecret> {
  const key = services.telling.endpointKey;
  const secret = Endpoint.createSecret();
  const at = services.clock.now();
  const rotated = await inAccount(services.database, accountId, async (tx) => {
    const found = await Endpoint.get(tx, id);
    if (found.type !== "webhook") {
      throw problem("no-secret", `only webhooks have a secret, this endpoint is of type ${found.type}`);
    }
    await Endpoint.rotateSecret(tx, found, { secret, at }, key);
    await Audit.record(tx, { accountId, actor, action: "endpoint.secret-rotated", subject: id, at });
    return found;
  });
  return { ...Endpoint.view(rotated, key), secret };
}

/** Tells an endpoint that this is a test, now. @throws `not-found`, `endpoint-unconfirmed`; @returns the delivery's id */
export async function testEndpoint(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    const found = await Endpoint.get(tx, id);
    if (found.state !== "active") {
      throw problem(
        "endpoint-unconfirmed",
        `the endpoint is ${found.state}; only an active one can be tested`,
      );
    }
    const told = aboutEndpoint(services, found, {
      kind: "test",
      say: (language) => endpointWords[language].test(),
    });
    await tell(tx, await Account.get(tx, accountId), told, { now: services.clock.now(), only: id });
  });
  await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
}

/** Whoever reads an e-mail address says that it may be written to. @throws `not-found` for a token that is not one of ours */
export async function confirmEndpoint(services: Services, token: string): Promise<string> {
  const bearer = Endpoint.readToken("confirm", token, services.telling.endpointKey);
  if (!bearer) throw problem("not-found", "this link is not one that we sent");
  const { accountId, id: endpointId } = bearer;
  return inAccount(services.database, accountId, async (tx) => {
    const { name } = await Endpoint.get(tx, endpointId);
    if (await Endpoint.move(tx, endpointId, "active")) {
      const at = services.clock.now();
      await Audit.record(tx, {
        accountId,
        actor: endpointId,
        action: "endpoint.confirmed",
        subject: endpointId,
        at,
      });
    }
    return name;
  });
}

/** One click, without signing in (RFC 8058). @throws `not-found` for a token that is not one of ours */
export async function unsubscribeEndpoint(services: Services, token: string): Promise<string> {
  const bearer = Endpoint.readToken("unsubscribe", token, services.telling.endpointKey);
  if (!bearer) throw problem("not-found", "this link is not one that we sent");
  const { accountId, id: endpointId } = bearer;
  return inAccount(services.database, accountId, async (tx) => {
    const at = services.clock.now();
    const reason = "whoever reads it unsubscribed";
    const { name } = await Endpoint.get(tx, endpointId);
    if (await Endpoint.move(tx, endpointId, "disabled", reason)) {
      await Delivery.dropPending(tx, endpointId, "the endpoint was switched off", at);
      await Audit.record(tx, {
        accountId,
        actor: endpointId,
        action: "endpoint.disabled",
        subject: endpointId,
        detail: { reason },
        at,
      });
    }
    return name;
  });
}
