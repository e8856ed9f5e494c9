/**
 * The typed client of the API. Every call resolves to what the API answered or throws a `Refusal` or a `Unreachable`.
 *
 * Reads go through the browser's cache with `no-cache`, so an unchanged answer costs a 304 when the API sends ETags.
 */

import { type Client, type Credential, createClient } from "@vigil/client";
import { spokenLanguage } from "../words/spoken.ts";
import { type AccountApi, accountCalls } from "./account.ts";
import { bounded, type Settle } from "./asking.ts";
import { type BillingApi, billingCalls } from "./billing.ts";
import { type ChecksApi, checksCalls } from "./checks.ts";
import type {
  Account,
  Bundle,
  DeliverySummary,
  Dismissed,
  Endpoint,
  EndpointChange,
  EndpointInput,
  EndpointOffer,
  EndpointWithSecret,
  Gateway,
  Ledger,
  Review,
  Scene,
  SceneArea,
  SceneObjectInput,
  Session,
  SessionPage,
  SessionSummary,
  Share,
  ShareWithUrl,
  Trends,
  Usage,
} from "./contract.ts";
import { type DevicesApi, deviceCalls } from "./devices.ts";
import { type DigestsApi, digestCalls } from "./digests.ts";
import { type LogApi, logCalls } from "./log.ts";
import { type PeopleApi, peopleCalls } from "./people.ts";
import { type QuestionsApi, questionCalls } from "./questions.ts";
import { type RunsApi, runCalls } from "./runs.ts";
import { settleWith, type Watching } from "./settle.ts";
import { type WholeAccountApi, wholeAccountCalls } from "./whole-account.ts";

export type Api = {
  account: (signal?: AbortSignal) => Promise<Account>;
  usage: (signal?: AbortSignal) => Promise<Usage>;
  gateways: (signal?: AbortSignal) => Promise<Gateway[]>;
  /** Whether all that was accepted is under way or has ended. */
  ledger: (signal?: AbortSignal) => Promise<Ledger>;
  sessions: (signal?: AbortSignal) => Promise<SessionSummary[]>;
  /** Of one day of the account's calendar, the newest first. */
  sessionsOf: (date: string, options: { cursor?: string; signal?: AbortSignal }) => Promise<SessionPage>;
  /** With its events. */
  session: (id: string, signal?: AbortSignal) => Promise<Session>;
  /** Calls the assessment of an event false. The answer says how often such ones were. */
  dismissEvent: (id: string) => Promise<Dismissed>;
  /** What days were like, from one until another. */
  trends: (from: string, until: string, signal?: AbortSignal) => Promise<Trends>;
  review: (id: string, signal?: AbortSignal) => Promise<Review>;
  /** Asks for a deep review. The same key for the same wish makes a repeated request harmless. */
  requestReview: (sessionId: string, idempotencyKey: string) => Promise<Review>;
  endpoints: (signal?: AbortSignal) => Promise<Endpoint[]>;
  /** What this installation can tell with, beside webhooks. */
  endpointOffer: (signal?: AbortSignal) => Promise<EndpointOffer>;
  /** The answer for a webhook holds its secret, once. */
  addEndpoint: (input: EndpointInput, idempotencyKey: string) => Promise<EndpointWithSecret>;
  changeEndpoint: (id: string, change: EndpointChange) => Promise<Endpoint>;
  removeEndpoint: (id: string) => Promise<void>;
  testEndpoint: (id: string) => Promise<void>;
  rotateSecret: (id: string, idempotencyKey: string) => Promise<EndpointWithSecret>;
  /** What an endpoint was told lately, newest first. */
  deliveriesOf: (endpointId: string, signal?: AbortSignal) => Promise<DeliverySummary[]>;
  redeliver: (deliveryId: string, idempotencyKey: string) => Promise<void>;
  /** What stands before a camera. */
  scene: (deviceId: string, signal?: AbortSignal) => Promise<Scene>;
  teachObject: (deviceId: string, input: SceneObjectInput, idempotencyKey: string) => Promise<void>;
  renameObject: (deviceId: string, objectId: string, name: string | null) => Promise<void>;
  forgetObject: (deviceId: string, objectId: string) => Promise<void>;
  /** All areas that are drawn on a camera's picture: those that are left out are gone. */
  drawAreas: (deviceId: string, areas: SceneArea[]) => Promise<void>;
  /** Links to a digest, newest first. */
  shares: (digestId: string, signal?: AbortSignal) => Promise<Share[]>;
  /** The answer holds the link, once. */
  share: (digestId: string, hours: number, idempotencyKey: string) => Promise<ShareWithUrl>;
  revokeShare: (id: string) => Promise<void>;
  exportDigest: (digestId: string) => Promise<Bundle>;
} & AccountApi &
  BillingApi &
  ChecksApi &
  LogApi &
  DigestsApi &
  PeopleApi &
  DevicesApi &
  RunsApi &
  QuestionsApi &
  WholeAccountApi;

type ShareCall = "shares" | "share" | "revokeShare" | "exportDigest";

type EndpointCall =
  | "endpoints"
  | "endpointOffer"
  | "addEndpoint"
  | "changeEndpoint"
  | "removeEndpoint"
  | "testEndpoint"
  | "rotateSecret"
  | "deliveriesOf"
  | "redeliver";

type SceneCall = "scene" | "teachObject" | "renameObject" | "forgetObject" | "drawAreas";

export type ConnectOptions = Watching & { credential: Credential };

const sessionsShownMax = 20;
const sessionsPerPage = 100;
const deliveriesShownMax = 10;

const once = (idempotencyKey: string) => ({ "idempotency-key": idempotencyKey });

export function connect({ credential, onReach, onSignedOut }: ConnectOptions): Api {
  const client = createClient({
    url: location.origin,
    language: spokenLanguage(),
    ...credential,
    cache: "no-cache",
  });

  const settle = settleWith({ onReach, onSignedOut });
  return {
    account: (signal) => settle(client.GET("/v1/account", { signal: bounded(signal) })),
    usage: (signal) => settle(client.GET("/v1/usage", { signal: bounded(signal) })),
    ledger: (signal) => settle(client.GET("/v1/ledger", { signal: bounded(signal) })),
    gateways: async (signal) => {
      return (await settle(client.GET("/v1/gateways", { signal: bounded(signal) }))).items;
    },
    sessions: async (signal) => {
      const params = { query: { limit: sessionsShownMax } };
      return (await settle(client.GET("/v1/sessions", { params, signal: bounded(signal) }))).items;
    },
    sessionsOf: (date, { cursor, signal }) => {
      const page = { limit: sessionsPerPage, ...(cursor === undefined ? {} : { cursor }) };
      const params = { query: { from: date, until: date, ...page } };
      return settle(client.GET("/v1/sessions", { params, signal: bounded(signal) }));
    },
    session: (id, signal) =>
      settle(client.GET("/v1/sessions/{id}", { params: { path: { id } }, signal: bounded(signal) })),
    dismissEvent: (id) =>
      settle(client.POST("/v1/events/{id}/dismiss", { params: { path: { id } }, signal: bounded() })),
    trends: (from, until, signal) =>
      settle(client.GET("/v1/trends", { params: { query: { from, until } }, signal: bounded(signal) })),
    review: (id, signal) =>
      settle(client.GET("/v1/reviews/{id}", { params: { path: { id } }, signal: bounded(signal) })),
    requestReview: (id, idempotencyKey) =>
      settle(
        client.POST("/v1/sessions/{id}/reviews", {
          params: { path: { id }, header: { "idempotency-key": idempotencyKey } },
          body: {},
          signal: bounded(),
        }),
      ),
    ...accountCalls(client, settle),
    ...digestCalls(client, settle),
    ...endpointCalls(client, settle),
    ...deviceCalls(client, settle),
    ...billingCalls(client, settle),
    ...checksCalls(client, settle),
    ...logCalls(settle),
    ...wholeAccountCalls(client, settle),
    ...peopleCalls(client, settle),
    ...sceneCalls(client, settle),
    ...runCalls(client, settle),
    ...questionCalls(client, settle),
    ...shareCalls(client, settle),
  };
}

function endpointCalls(client: Client, settle: Settle): Pick<Api, EndpointCall> {
  return {
    endpoints: async (signal) => {
      return (await settle(client.GET("/v1/endpoints", { signal: bounded(signal) }))).items;
    },
    endpointOffer: (signal) => settle(client.GET("/v1/endpoints/offer", { signal: bounded(signal) })),
    addEndpoint: (body, key) =>
      settle(client.POST("/v1/endpoints", { params: { header: once(key) }, body, signal: bounded() })),
    changeEndpoint: (id, body) =>
      settle(client.PATCH("/v1/endpoints/{id}", { params: { path: { id } }, body, signal: bounded() })),
    removeEndpoint: async (id) => {
      await settle(client.DELETE("/v1/endpoints/{id}", { params: { path: { id } }, signal: bounded() }));
    },
    testEndpoint: async (id) => {
      await settle(client.POST("/v1/endpoints/{id}/test", { params: { path: { id } }, signal: bounded() }));
    },
    rotateSecret: (id, key) => {
      const params = { path: { id }, header: once(key) };
      return settle(client.POST("/v1/endpoints/{id}/secret", { params, signal: bounded() }));
    },
    deliveriesOf: async (id, signal) => {
      const params = { path: { id }, query: { limit: deliveriesShownMax } };
      const asked = client.GET("/v1/endpoints/{id}/deliveries", { params, signal: bounded(signal) });
      return (await settle(asked)).items;
    },
    redeliver: async (id, key) => {
      const params = { path: { id }, header: once(key) };
      await settle(client.POST("/v1/deliveries/{id}/redeliveries", { params, signal: bounded() }));
    },
  };
}

function sceneCalls(client: Client, settle: Settle): Pick<Api, SceneCall> {
  const objects = "/v1/devices/{id}/scene/objects";
  const object = "/v1/devices/{id}/scene/objects/{objectId}";
  return {
    scene: async (id, signal) => {
      const asked = client.GET("/v1/devices/{id}/scene", {
        params: { path: { id } },
        signal: bounded(signal),
      });
      return (await settle(asked)) as Scene;
    },
    teachObject: async (id, body, key) => {
      const params = { path: { id }, header: once(key) };
      await settle(client.POST(objects, { params, body, signal: bounded() }));
    },
    renameObject: async (id, objectId, name) => {
      const params = { path: { id, objectId } };
      await settle(client.PATCH(object, { params, body: { name }, signal: bounded() }));
    },
    forgetObject: async (id, objectId) => {
      await settle(client.DELETE(object, { params: { path: { id, objectId } }, signal: bounded() }));
    },
    drawAreas: async (id, areas) => {
      const params = { path: { id } };
      await settle(
        client.PUT("/v1/devices/{id}/scene/areas", { params, body: { areas }, signal: bounded() }),
      );
    },
  };
}

function shareCalls(client: Client, settle: Settle): Pick<Api, ShareCall> {
  return {
    shares: async (id, signal) => {
      const asked = client.GET("/v1/digests/{id}/shares", {
        params: { path: { id } },
        signal: bounded(signal),
      });
      return (await settle(asked)).items;
    },
    share: (id, hours, key) => {
      const params = { path: { id }, header: once(key) };
      return settle(client.POST("/v1/digests/{id}/shares", { params, body: { hours }, signal: bounded() }));
    },
    revokeShare: async (id) => {
      await settle(client.DELETE("/v1/shares/{id}", { params: { path: { id } }, signal: bounded() }));
    },
    exportDigest: (id) =>
      settle(client.POST("/v1/digests/{id}/exports", { params: { path: { id } }, signal: bounded() })),
  };
}
