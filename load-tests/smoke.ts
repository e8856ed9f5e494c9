/**
 * Smoke: a few cameras post events with a photograph each, ask for a review of the session, and wait for its digest.
 *
 *   k6 run load-tests/smoke.ts                    against the local stack (.vigil/local.json)
 *   node load-tests/run-in-node.ts smoke          the same file without k6
 *
 * Settings, by `k6 run -e NAME=value`: API_URL, DEVICE_KEY and MEMBER_TOKEN together for another deployment,
 * PHOTOGRAPH (a JPEG), VUS, ITERATIONS, DIGEST_SECONDS_MAX.
 */
import { check } from "k6";
import http, { type RefinedResponse, type ResponseType } from "k6/http";
import { Trend } from "k6/metrics";
import type { Options } from "k6/options";
import { setTimeout } from "k6/timers";

type Target = { apiUrl: string; deviceKey: string; memberToken: string };
type LocalStack = { apiUrl: string; accounts: { tier: string; deviceKey: string; memberToken: string }[] };

const digestSecondsMax = Number(__ENV["DIGEST_SECONDS_MAX"] ?? 60);
const pollMs = 250;
const eventsPerSession = 3;

const acceptMs = new Trend("accept_ms", true);
/** From the last event's acceptance, through the request of the review, to the digest. */
const eventToDigestMs = new Trend("event_to_digest_ms", true);

export const options: Options = {
  scenarios: {
    cameras: {
      executor: "per-vu-iterations",
      vus: Number(__ENV["VUS"] ?? 2),
      iterations: Number(__ENV["ITERATIONS"] ?? 3),
      maxDuration: "5m",
    },
  },
  thresholds: {
    checks: ["rate==1"],
    http_req_failed: ["rate<0.01"],
    accept_ms: ["p(95)<1000"],
    event_to_digest_ms: ["p(95)<30000"],
  },
};

function readTarget(): Target {
  const { API_URL: apiUrl, DEVICE_KEY: deviceKey, MEMBER_TOKEN: memberToken } = __ENV;
  if (apiUrl && deviceKey && memberToken) return { apiUrl, deviceKey, memberToken };
  const local = JSON.parse(open("../.vigil/local.json")) as LocalStack;
  // Pro is never refused a review, so that a smoke test can be run as often as one likes.
  const account = local.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account of tier pro in .vigil/local.json; start the stack anew");
  return { apiUrl: local.apiUrl, deviceKey: account.deviceKey, memberToken: account.memberToken };
}

const target = readTarget();
const photograph = open(__ENV["PHOTOGRAPH"] ?? "../.vigil/load-photograph.jpg", "b");

/**
 * The photograph with a tail of its own after the end of the image: another content hash, so that no cache answers for
 * it, and the same pixels.
 */
function freshPhotograph(): ArrayBuffer {
  const tail = 16;
  const bytes = new Uint8Array(photograph.byteLength + tail);
  bytes.set(new Uint8Array(photograph));
  for (let index = photograph.byteLength; index < bytes.length; index += 1) {
    bytes[index] = Math.floor(Math.random() * 256);
  }
  return bytes.buffer;
}

const asMember = {
  headers: { Authorization: `Bearer ${target.memberToken}`, "Content-Type": "application/json" },
};

type Answer = RefinedResponse<ResponseType | undefined>;

/** The string at a path of a JSON answer; empty when there is none. */
function textAt(answer: Answer, selector: string): string {
  const value = answer.json(selector);
  return typeof value === "string" ? value : "";
}

function refusal(what: string, answer: Answer): Error {
  return new Error(
    `${what} answered ${answer.status}: ${typeof answer.body === "string" ? answer.body : ""}`,
  );
}

async function postEvent(id: string): Promise<string> {
  const event = {
    id,
    type: "motion",
    occurredAt: new Date().toISOString(),
    zone: "driveway",
    confidence: 0.8,
  };
  const answer = await http.asyncRequest(
    "POST",
    `${target.apiUrl}/v1/events`,
    { event: JSON.stringify(event), image: http.file(freshPhotograph(), `${id}.jpg`, "image/jpeg") },
    { headers: { Authorization: `Bearer ${target.deviceKey}` }, tags: { name: "post event" } },
  );
  acceptMs.add(answer.timings.duration);
  if (!check(answer, { "event is accepted": ({ status }) => status === 202 })) {
    throw refusal("POST /v1/events", answer);
  }
  return textAt(answer, "sessionId");
}

async function requestReview(sessionId: string, idempotencyKey: string): Promise<string> {
  const answer = await http.asyncRequest("POST", `${target.apiUrl}/v1/sessions/${sessionId}/reviews`, "{}", {
    headers: { ...asMember.headers, "Idempotency-Key": idempotencyKey },
    tags: { name: "request review" },
  });
  // 200: another camera of the same site has asked for the same session.
  const wanted = check(answer, { "review is granted": ({ status }) => status === 202 || status === 200 });
  if (!wanted) throw refusal("POST /v1/sessions/{id}/reviews", answer);
  return textAt(answer, "id");
}

async function awaitDigest(reviewId: string): Promise<string> {
  const deadline = Date.now() + digestSecondsMax * 1000;
  while (Date.now() < deadline) {
    const answer = await http.asyncRequest("GET", `${target.apiUrl}/v1/reviews/${reviewId}`, null, {
      ...asMember,
      tags: { name: "poll review" },
    });
    const state = textAt(answer, "state");
    if (state === "completed") return textAt(answer, "digestId");
    if (state !== "queued" && state !== "running") throw new Error(`the review is ${state || answer.status}`);
    await new Promise<void>((resolve) => setTimeout(resolve, pollMs));
  }
  check(null, { "digest comes in time": () => false });
  throw new Error(`no digest for ${reviewId} within ${digestSecondsMax} s`);
}

export default async function smoke(): Promise<void> {
  const run = `load-${__VU}-${__ITER}-${Date.now()}`;
  let sessionId = "";
  for (let index = 0; index < eventsPerSession; index += 1) sessionId = await postEvent(`${run}-${index}`);
  const acceptedAt = Date.now();
  const reviewId = await requestReview(sessionId, run);
  const digestId = await awaitDigest(reviewId);
  eventToDigestMs.add(Date.now() - acceptedAt);

  const answer = await http.asyncRequest("GET", `${target.apiUrl}/v1/digests/${digestId}`, null, {
    ...asMember,
    tags: { name: "read digest" },
  });
  check(answer, {
    "digest is readable": ({ status }) => status === 200,
    "digest names its model": (digest) => textAt(digest, "model.name") !== "",
    "digest says something": (digest) => textAt(digest, "title") !== "",
  });
}
