/** The API over a real database, called without a port. */
import { createHash, randomUUID } from "node:crypto";
import type { ProblemBody } from "@vigil/core/problem";
import type { Tier } from "@vigil/core/review/wire";
import type { SeededAccount } from "@vigil/core/seed";
import { sign } from "@vigil/core/worker/signature";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { createTestServices, type TestServices } from "../../packages/core/testing/services.ts";
import type { HttpMetrics } from "../src/api/http-metrics.ts";
import { createApp } from "../src/app.ts";
import type { StripeSettings } from "../src/stripe/read-event.ts";

export type TestApi = {
  app: ReturnType<typeof createApp>;
  base: TestDatabase;
  services: TestServices;
  account(tier: Tier): SeededAccount;
  /** Sends JSON, or whatever `body` is. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** As a worker: signed. */
  work(
    path: string,
    body: unknown,
    options?: { at?: Date; signature?: string; key?: string },
  ): Promise<Response>;
  /** How many rows the tenant tables that an event touches hold. */
  countStored(): Promise<number>;
  close(): Promise<void>;
};

type CallOptions = {
  key?: string;
  json?: unknown;
  body?: NonNullable<RequestInit["body"]>;
  headers?: Record<string, string>;
};

/** As the console of the tests has it, so that signed cookies can be made. */
export const signIn = { origin: "http://console.test", secret: "secret-of-sign-in-of-the-tests-0123" };

export async function createTestApi(
  options: { stripe?: StripeSettings; scraperKey?: string; http?: HttpMetrics } = {},
): Promise<TestApi> {
  const base = await createTestDatabase();
  const services = createTestServices(base);
  const app = createApp(services, { signIn, ...options });
  return {
    app,
    base,
    services,
    account(tier) {
      const found = base.seeded.accounts.find((one) => one.tier === tier);
      if (!found) throw new Error(`expected a seeded account of tier ${tier}`);
      return found;
    },
    async call(method, path, { key, json, body, headers = {} } = {}) {
      return app.request(path, {
        method,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body, duplex: "half" }),
      });
    },
    async work(path, body, { at = services.clock.now(), signature, key = base.seeded.workerKey } = {}) {
      const text = JSON.stringify(body);
      const headers = sign(key, { id: `msg_${randomUUID()}`, at, body: text });
      return app.request(`/worker/v1${path}`, {
        method: "POST",
        body: text,
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          ...headers,
          ...(signature === undefined ? {} : { "webhook-signature": signature }),
        },
      });
    },
    async countStored() {
      const [row] = await base.owner<{ count: number }[]>`
        select ((select count(*) from event) + (select count(*) from session) + (select count(*) from moment))::int as count`;
      return row?.count ?? 0;
    },
    close: () => base.close(),
  };
}

export async function problemOf(answer: Response): Promise<ProblemBody> {
  return (await answer.json()) as ProblemBody;
}

/** A valid event; what is given replaces its fields. */
export function eventAt(now: Date, part: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: randomUUID(), type: "person", occurredAt: now.toISOString(), zone: "front_door", ...part };
}

/** A multipart body with the event and its images. */
export function multipart(event: unknown, images: Record<string, Uint8Array>): FormData {
  const form = new FormData();
  form.set("event", new Blob([JSON.stringify(event)], { type: "application/json" }));
  for (const [name, bytes] of Object.entries(images)) {
    form.append("image", new Blob([new Uint8Array(bytes)]), name);
  }
  return form;
}

export function announced(name: string, bytes: Uint8Array): Record<string, unknown> {
  return {
    name,
    contentType: "image/jpeg",
    bytes: bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
