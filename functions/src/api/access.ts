/**
 * Who may call an operation. An access is one value that does both: it is what the API's description says (`security`),
 * and what runs before anything of the request is read (`check`). A handler gets its caller from it and from nowhere else.
 *
 * @example
 *   const list = operation({ access: member("viewer"), … });
 *   routes.openapi(list, async (c) => c.json(await listDevices(c.var.services, c.var.member.accountId), 200));
 */
import { timingSafeEqual } from "node:crypto";
import type { ActingMember } from "@vigil/core/flow";
import * as Key from "@vigil/core/key";
import { problem } from "@vigil/core/problem";
import * as SignIn from "@vigil/core/sign-in";
import type { Membership, Memberships } from "@vigil/core/sign-in/wire";
import { verify } from "@vigil/core/worker/signature";
import type { Context, MiddlewareHandler } from "hono";
import { browserToken, isSameOrigin } from "../sign-in-cookie.ts";
import { bearer, type Env, type KeyEnv } from "./context.ts";

type With<V extends object> = { Variables: Env["Variables"] & V };

export type Access<V extends object = object> = {
  /** Security schemes, as OpenAPI has them; empty: there is none. */
  security: Record<string, never[]>[];
  /** The same for people. */
  audience: string;
  /** For members' keys, the role that is enough. */
  leastRole?: Role;
  /** The statuses that it refuses with. */
  refuses: readonly number[];
  /** Refuses whoever may not call, and leaves who it is. Reads headers alone. */
  check: MiddlewareHandler<With<V>>;
  /** Verifies a signature over the body. Runs once the body's size is known to be within its bound. */
  verify?: MiddlewareHandler<With<V>>;
};

/** A member, and the key that they came with; null: signed in in a browser. */
type Asking = ActingMember & { keyId: string | null };

const roleRanks = { viewer: 0, member: 1, owner: 2 } as const;
export type Role = keyof typeof roleRanks;

/** The schemes that `security` names. */
export const securitySchemes = {
  memberKey: { type: "http", scheme: "bearer", description: "A member's key: vgl_mem_…" },
  signInCookie: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-vigil_browser",
    description:
      "A browser in which a person is signed in, from pages of the same origin alone. Who is in several accounts names one in the header Vigil-Account.",
  },
  deviceKey: { type: "http", scheme: "bearer", description: "A device's key: vgl_dev_…" },
  workerKey: { type: "http", scheme: "bearer", description: "A worker's key: vgl_wrk_…" },
  operatorKey: { type: "http", scheme: "bearer", description: "An operator's key: vgl_opr_…" },
  scraperKey: { type: "http", scheme: "bearer", description: "The key of whoever reads the metrics" },
  workerSignature: {
    type: "apiKey",
    in: "header",
    name: "webhook-signature",
    description:
      "A signature over the body with the worker's key, as in Standard Webhooks; beside it the headers webhook-id and webhook-timestamp.",
  },
  stripeSignature: {
    type: "apiKey",
    in: "header",
    name: "stripe-signature",
    description: "Stripe's signature over the body.",
  },
} as const;

const keyRefuses = [401, 403] as const;

/** Nobody is asked who they are. */
export const anyone: Access = {
  security: [],
  audience: "For anybody.",
  refuses: [],
  check: (_c, next) => next(),
};

async function authenticate(c: Context<KeyEnv>): Promise<Key.Principal> {
  const key = bearer(c);
  const principal = await Key.authenticate(c.get("services").database, key);
  c.set("principal", principal);
  c.set("credential", key);
  return principal;
}

/**
 * Who is signed in in the browser that asks. What changes something must come from a page of this origin: a cookie alone is
 * sent along by a browser whoever's page makes it ask.
 * @throws `unauthenticated`, `forbidden`
 */
async function findPerson(c: Context<KeyEnv>): Promise<Memberships> {
  const settings = c.get("signIn");
  const token = await browserToken(c, settings);
  const found = token === undefined ? undefined : await SignIn.find(c.get("services").database, token);
  if (token === undefined || !found) {
    throw problem("unauthenticated", "expected a valid key in the Authorization header, or to be signed in");
  }
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (changes && !isSameOrigin(c, settings)) {
    throw problem("forbidden", "expected a request from a page of this origin");
  }
  c.set("credential", token);
  return found;
}

/** The account that a person acts in: the one that is named, or the only one. @throws `not-found`, `account-not-chosen` */
function chosen(c: Context, { items }: Memberships): Membership {
  const named = c.req.header("vigil-account");
  if (named === undefined && items.length > 1) {
    throw problem(
      "account-not-chosen",
      "expected the header Vigil-Account with the id of one of your accounts",
    );
  }
  const found = named === undefined ? items[0] : items.find(({ account }) => account.id === named);
  if (!found) throw problem("forbidden", "expected to be a member of the account");
  return found;
}

function wrongKind(expected: string, got: string) {
  return problem("forbidden", `expected ${expected} key, got one of ${got}`);
}

/** A person who is signed in in a browser, member of an account or of none. @throws `unauthenticated`, `forbidden` */
export const person: Access<{ person: Memberships }> = {
  security: [{ signInCookie: [] }],
  audience: "For whoever is signed in in a browser.",
  refuses: keyRefuses,
  check: async (c, next) => {
    if (c.req.header("authorization") !== undefined) {
      const principal = await authenticate(c as Context);
      throw problem("forbidden", `expected to be signed in in a browser, got a key of a ${principal.kind}`);
    }
    c.set("person", await findPerson(c as Context));
    await next();
  },
};

/**
 * A member of an account whose role is at least that, with a key or signed in in a browser.
 * @throws `unauthenticated`, `forbidden`, `account-not-chosen`
 */
export function member(roleMin: Role): Access<{ member: Asking }> {
  return {
    security: [{ memberKey: [] }, { signInCookie: [] }],
    audience:
      roleMin === "viewer"
        ? "For members."
        : `For members of role ${roleMin}${roleMin === "owner" ? "" : " or above"}.`,
    leastRole: roleMin,
    refuses: keyRefuses,
    check: async (c, next) => {
      const principal = await authenticateMember(c as Context);
      if (roleRanks[principal.role] < roleRanks[roleMin]) {
        throw problem("forbidden", `expected role ${roleMin} or above, got ${principal.role}`);
      }
      const { accountId, subjectId: actor, role, keyId } = principal;
      c.set("member", { accountId, actor, role, keyId });
      await next();
    },
  };
}

/** The same, signed in in a browser: a key must not make others that outlive it. */
export function signedInMember(roleMin: Role): Access<{ member: Asking }> {
  const { check, ...same } = member(roleMin);
  return {
    ...same,
    security: person.security,
    check: async (c, next) => {
      if (c.req.header("authorization") !== undefined) {
        const principal = await authenticate(c as Context);
        throw problem("forbidden", `expected to be signed in in a browser, got a key of a ${principal.kind}`);
      }
      await check(c, next);
    },
  };
}

type MemberPrincipal = Extract<Key.Principal, { kind: "member" }>;

async function authenticateMember(c: Context<KeyEnv>): Promise<MemberPrincipal> {
  if (c.req.header("authorization") !== undefined) {
    const principal = await authenticate(c);
    if (principal.kind !== "member") throw wrongKind("a member's", `a ${principal.kind}`);
    return principal;
  }
  const { account, memberId: subjectId, role } = chosen(c, await findPerson(c));
  const principal = { kind: "member", keyId: null, accountId: account.id, subjectId, role } as const;
  c.set("principal", principal);
  return principal;
}

/** A device. @throws `unauthenticated`, `forbidden` */
export const device: Access<{ device: { accountId: string; deviceId: string; key: string } }> = {
  security: [{ deviceKey: [] }],
  audience: "For devices.",
  refuses: keyRefuses,
  check: async (c, next) => {
    const principal = await authenticate(c as Context);
    if (principal.kind !== "device") throw wrongKind("a device's", `a ${principal.kind}`);
    c.set("device", { accountId: principal.accountId, deviceId: principal.subjectId, key: bearer(c) });
    await next();
  },
};

/**
 * A device that reports one event. Whether its key is valid is found out together with what surrounds the event, in one
 * round trip to the database (`acceptEvent`); so here the key is only looked at, unless something is done before that: a
 * large body is read, an answer is replayed, or the key is of another kind. @throws `unauthenticated`, `forbidden`
 */
export function reporter(asksFirst: (c: Context) => boolean): Access<{ reporter: { key: string } }> {
  return {
    security: device.security,
    audience: device.audience,
    refuses: keyRefuses,
    check: async (c, next) => {
      const key = bearer(c);
      if (asksFirst(c) || Key.kindOf(key) !== "device") {
        const principal = await authenticate(c as Context);
        if (principal.kind !== "device") throw wrongKind("a device's", `a ${principal.kind}`);
      }
      c.set("reporter", { key });
      await next();
    },
  };
}

/** A worker: its key, and a signature with it over the body. @throws `unauthenticated`, `forbidden`, `signature-invalid` */
export const worker: Access = {
  security: [{ workerKey: [], workerSignature: [] }],
  audience: "For workers, who sign what they send.",
  refuses: keyRefuses,
  check: async (c, next) => {
    const principal = await authenticate(c as Context);
    if (principal.kind !== "worker") throw wrongKind("a worker's", `a ${principal.kind}`);
    await next();
  },
  verify: async (c, next) => {
    const headers = Object.fromEntries(
      (["webhook-id", "webhook-timestamp", "webhook-signature"] as const).map((name) => [
        name,
        c.req.header(name),
      ]),
    );
    verify(bearer(c), await c.req.text(), headers, c.get("services").clock.now());
    await next();
  },
};

/** An operator, for whom every change is audited. @throws `unauthenticated`, `forbidden` */
export const operator: Access<{ operator: { actor: string } }> = {
  security: [{ operatorKey: [] }],
  audience: "For operators.",
  refuses: keyRefuses,
  check: async (c, next) => {
    const principal = await authenticate(c as Context);
    if (principal.kind !== "operator") throw wrongKind("an operator's", `a ${principal.kind}`);
    c.set("operator", { actor: principal.subjectId });
    await next();
  },
};

/** Whoever has the key of the metrics; anybody where none is set, as on a desk. @throws `unauthenticated` */
export function scraper(key: string | undefined): Access {
  return {
    security: [{ scraperKey: [] }],
    audience: "For whoever watches the system; on a local stack for anybody.",
    refuses: [401],
    check: async (c, next) => {
      if (key !== undefined && !timingSafeEqual(Key.hash(bearer(c)), Key.hash(key))) {
        throw problem("unauthenticated", "expected the key of the metrics in the Authorization header");
      }
      await next();
    },
  };
}
