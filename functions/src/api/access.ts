/**
 * Who may call an operation. An access is one value that does both: it is what the API's description says (`security`),
 * and what runs before anything of the request is read (`check`). A handler gets its caller from it and from nowhere else.
 *
 * @example
 *   const list = operation({ access: member("viewer"), … });
 *   routes.openapi(list, async (c) => c.json(await listDevices(c.var.services, c.var.member.accountId), 200));
 */
import { timingSafeEqual } from "node:crypto";
import * as Key from "@vigil/core/key";
import { problem } from "@vigil/core/problem";
import { verify } from "@vigil/core/worker/signature";
import type { Context, MiddlewareHandler } from "hono";
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

const roleRanks = { viewer: 0, member: 1, owner: 2 } as const;
export type Role = keyof typeof roleRanks;

/** The schemes that `security` names. */
export const securitySchemes = {
  memberKey: { type: "http", scheme: "bearer", description: "A member's key: vgl_mem_…" },
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
  const principal = await Key.authenticate(c.get("services").database, bearer(c));
  c.set("principal", principal);
  return principal;
}

function wrongKind(expected: string, got: string) {
  return problem("forbidden", `expected ${expected} key, got one of ${got}`);
}

/** A member of an account whose role is at least that. @throws `unauthenticated`, `forbidden` */
export function member(roleMin: Role): Access<{ member: { accountId: string; actor: string } }> {
  return {
    security: [{ memberKey: [] }],
    audience:
      roleMin === "viewer"
        ? "For members."
        : `For members of role ${roleMin}${roleMin === "owner" ? "" : " or above"}.`,
    leastRole: roleMin,
    refuses: keyRefuses,
    check: async (c, next) => {
      const principal = await authenticate(c as Context);
      if (principal.kind !== "member") throw wrongKind("a member's", `a ${principal.kind}`);
      if (roleRanks[principal.role] < roleRanks[roleMin]) {
        throw problem("forbidden", `expected a key of role ${roleMin} or above, got ${principal.role}`);
      }
      c.set("member", { accountId: principal.accountId, actor: principal.subjectId });
      await next();
    },
  };
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
