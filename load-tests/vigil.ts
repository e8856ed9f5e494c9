/**
 * What cameras and members do, for the scenarios of k6 in this folder. Settings, by `-e NAME=value`: API_URL, DEVICE_KEY and
 * MEMBER_TOKEN together for another deployment than the local stack's (.vigil/local.json), PHOTOGRAPH (a JPEG).
 */
import { check } from "k6";
import http, { type RefinedResponse, type ResponseType } from "k6/http";
import { Rate, Trend } from "k6/metrics";
import { setTimeout } from "k6/timers";
import { promises } from "../packages/core/src/promises.ts";

type Target = { apiUrl: string; deviceKey: string; memberToken: string };
type LocalStack = { apiUrl: string; accounts: (Omit<Target, "apiUrl"> & { tier: string })[] };

const pollMs = 250;
/** Past this a digest is not late but lost. */
const waitMsMax = 3 * promises.digestMsMax;

const acceptMs = new Trend("accept_ms", true);
/** From the request of a review to its digest. */
const digestMs = new Trend("digest_ms", true);
/** Of the reviews that were asked for: those that ended with a digest. */
const digests = new Rate("digests");

/** What every scenario is held to. */
export const thresholds = {
  checks: ["rate==1"],
  accept_ms: ["p(95)<1000"],
  digest_ms: [`p(95)<${promises.digestMsMax}`],
  digests: ["rate==1"],
};

/** @param tier of the local stack's accounts; another deployment's is whatever its keys belong to */
export function targetOf(tier: "guardian" | "pro"): Target {
  const { API_URL: apiUrl, DEVICE_KEY: deviceKey, MEMBER_TOKEN: memberToken } = __ENV;
  if (apiUrl && deviceKey && memberToken) return { apiUrl, deviceKey, memberToken };
  const local = JSON.parse(open("../.vigil/local.json")) as LocalStack;
  const account = local.accounts.find((one) => one.tier === tier);
  if (!account) {
    throw new Error(`expected an account of tier ${tier} in .vigil/local.json; start the stack anew`);
  }
  return { apiUrl: local.apiUrl, deviceKey: account.deviceKey, memberToken: account.memberToken };
}

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

type Answer = RefinedResponse<ResponseType | undefined>;

/** The string at a path of a JSON answer; empty when there is none. */
export function textAt(answer: Answer, selector: string): string {
  const value = answer.json(selector);
  return typeof value === "string" ? value : "";
}

export function numberAt(answer: Answer, selector: string): number {
  return Number(answer.json(selector));
}

function refusal(what: string, answer: Answer): Error {
  return new Error(
    `${what} answered ${answer.status}: ${typeof answer.body === "string" ? answer.body : ""}`,
  );
}

const asMember = (target: Target) => ({
  Authorization: `Bearer ${target.memberToken}`,
  "Content-Type": "application/json",
});

/** A camera reports, with a photograph. @returns the session that the event is in */
export async function postEvent(target: Target, id: string, occurredAt = new Date()): Promise<string> {
  const event = {
    id,
    type: "motion",
    occurredAt: occurredAt.toISOString(),
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

/** A member asks for a review. */
export async function askForReview(target: Target, sessionId: string, key: string): Promise<Answer> {
  return http.asyncRequest("POST", `${target.apiUrl}/v1/sessions/${sessionId}/reviews`, "{}", {
    headers: { ...asMember(target), "Idempotency-Key": key },
    tags: { name: "request review" },
  });
}

/** A member asks for a review, is granted it, and waits for its digest. @returns the digest */
export async function reviewed(target: Target, sessionId: string, key: string): Promise<Answer> {
  const askedMs = Date.now();
  const answer = await askForReview(target, sessionId, key);
  // 200: another camera of the same site has asked for the same session.
  const granted = check(answer, { "review is granted": ({ status }) => status === 202 || status === 200 });
  if (!granted) throw refusal("POST /v1/sessions/{id}/reviews", answer);
  const digestId = await digestOf(target, textAt(answer, "id"), askedMs + waitMsMax);
  digests.add(digestId !== "");
  if (digestId === "") throw new Error(`no digest of ${textAt(answer, "id")} within ${waitMsMax} ms`);
  digestMs.add(Date.now() - askedMs);
  return read(target, `digests/${digestId}`);
}

/** @returns the id of the digest; empty when none comes */
async function digestOf(target: Target, reviewId: string, untilMs: number): Promise<string> {
  while (Date.now() < untilMs) {
    const answer = await read(target, `reviews/${reviewId}`);
    const state = textAt(answer, "state");
    if (state === "completed") return textAt(answer, "digestId");
    if (state === "failed" || state === "cancelled") return "";
    await new Promise<void>((resolve) => setTimeout(resolve, pollMs));
  }
  return "";
}

/** What a member reads. */
export async function read(target: Target, path: string): Promise<Answer> {
  const answer = await http.asyncRequest("GET", `${target.apiUrl}/v1/${path}`, null, {
    headers: asMember(target),
    tags: { name: `read ${path.split("/")[0]}` },
  });
  check(answer, { "a member can read": ({ status }) => status === 200 });
  return answer;
}

/** Nothing that was accepted is missing: at any time, so also after load. */
export async function assertBalanced(target: Target): Promise<void> {
  const ledger = await read(target, "ledger");
  check(ledger, { "the ledger balances": (answer) => answer.json("balanced") === true });
}
