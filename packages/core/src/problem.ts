/**
 * The catalogue of what can go wrong, as RFC 9457 problems.
 *
 * A problem's code names what happened; its kind alone decides the HTTP status and whether a queue tries again.
 * Throw one with `problem("not-found", "no digest dig_… in this account")`; anything else that is thrown is a defect.
 */
import * as z from "zod";

export const kinds = {
  invalid: { status: 400, retry: false },
  unauthenticated: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  missing: { status: 404, retry: false },
  conflict: { status: 409, retry: false },
  "too-large": { status: 413, retry: false },
  unsupported: { status: 415, retry: false },
  unprocessable: { status: 422, retry: false },
  exhausted: { status: 429, retry: true },
  internal: { status: 500, retry: true },
  unavailable: { status: 503, retry: true },
} as const;
export type Kind = keyof typeof kinds;

export const catalogue = {
  "invalid-json": { kind: "invalid", title: "The body is not JSON" },
  "invalid-body": { kind: "invalid", title: "The body does not match the schema" },
  "account-not-chosen": { kind: "invalid", title: "The person is in several accounts, and none was named" },
  "invalid-query": { kind: "invalid", title: "The query does not match the schema" },
  "invalid-cursor": { kind: "invalid", title: "The cursor is not one that this API gave out" },
  "too-deep": { kind: "invalid", title: "The JSON is nested too deeply" },
  "batch-too-large": { kind: "invalid", title: "The batch holds too many events" },
  "event-too-old": { kind: "invalid", title: "The event is too old" },
  "event-in-future": { kind: "invalid", title: "The event lies in the future" },
  "idempotency-key-missing": { kind: "invalid", title: "This request needs an Idempotency-Key" },
  "multipart-incomplete": { kind: "invalid", title: "The multipart body lacks a part" },
  "authorization-pending": { kind: "invalid", title: "Nobody has let this device in yet" },
  "expired-token": { kind: "invalid", title: "The device's codes are good no longer" },
  unauthenticated: { kind: "unauthenticated", title: "No valid credential" },
  "signature-invalid": { kind: "unauthenticated", title: "The signature does not match" },
  "signature-expired": { kind: "unauthenticated", title: "The signature is too old or too new" },
  "code-wrong": { kind: "unauthenticated", title: "The code is not right" },
  "code-spent": { kind: "unauthenticated", title: "The code is good no longer" },
  "sign-in-refused": { kind: "forbidden", title: "That did not sign anybody in" },
  "access-denied": { kind: "forbidden", title: "This device was turned away" },
  forbidden: { kind: "forbidden", title: "This credential may not do that" },
  "tier-excludes": { kind: "forbidden", title: "The account's tier does not include that" },
  "not-found": { kind: "missing", title: "There is no such thing" },
  "idempotency-key-in-flight": {
    kind: "conflict",
    title: "A request with this Idempotency-Key is still running",
  },
  "idempotency-answer-lost": {
    kind: "conflict",
    title: "The request with this Idempotency-Key was carried out, and its answer was lost",
  },
  "event-id-reused": { kind: "conflict", title: "This device used the event id for another event" },
  "event-sealed": { kind: "conflict", title: "The event takes no more evidence" },
  "digest-differs": { kind: "conflict", title: "Another digest is stored for this review" },
  "review-not-wanted": { kind: "conflict", title: "The review is no longer wanted" },
  "model-moved-on": { kind: "conflict", title: "Another decision on models came first" },
  "model-not-known": { kind: "conflict", title: "No worker has said yet which model it runs" },
  "experiment-ended": { kind: "conflict", title: "The experiment takes no more pairs" },
  "deployment-moved-on": { kind: "conflict", title: "Another deployment, or observation, is due" },
  "review-not-dead": { kind: "conflict", title: "The review has not failed" },
  "endpoint-unconfirmed": { kind: "conflict", title: "The endpoint is not one that is told anything now" },
  "not-offered": { kind: "conflict", title: "This installation does not offer that" },
  "no-secret": { kind: "conflict", title: "This endpoint has no secret" },
  "subscribed-already": { kind: "conflict", title: "The account has a subscription already" },
  "not-subscribed": { kind: "conflict", title: "The account has no subscription" },
  "erasure-begun": { kind: "conflict", title: "The erasure has begun" },
  "consent-ending": { kind: "conflict", title: "What was stored under the consent is still being erased" },
  "last-owner": { kind: "conflict", title: "An account keeps an owner" },
  "already-member": { kind: "conflict", title: "The person is a member of the account already" },
  "too-many": { kind: "conflict", title: "There are as many of them as there may be" },
  "run-moved-on": { kind: "conflict", title: "The run is not in a state that allows that" },
  "item-differs": { kind: "conflict", title: "The run has another item of this number" },
  "items-missing": { kind: "conflict", title: "The run's items are not numbered without gaps" },
  "source-blocked": { kind: "conflict", title: "The source is blocked" },
  "question-moved-on": { kind: "conflict", title: "The question is not in a state that allows that" },
  "chunk-not-wanted": { kind: "conflict", title: "The chunk is no longer wanted" },
  "chunk-differs": { kind: "conflict", title: "Another report is stored for this step of the chunk" },
  "recording-not-wanted": { kind: "conflict", title: "The recording is no longer wanted" },
  "no-evidence": { kind: "conflict", title: "The session has no images to review" },
  "body-too-large": { kind: "too-large", title: "The body is too large" },
  "evidence-too-large": { kind: "too-large", title: "A piece of evidence is too large" },
  "unsupported-media-type": { kind: "unsupported", title: "The content type is not supported" },
  "idempotency-key-reused": {
    kind: "unprocessable",
    title: "This Idempotency-Key was used with another body",
  },
  "code-unknown": { kind: "unprocessable", title: "No device waits with this code" },
  "life-safety-stays": { kind: "unprocessable", title: "Life-safety cannot be dismissed" },
  "evidence-not-an-image": {
    kind: "unprocessable",
    title: "A piece of evidence is not the image it claims to be",
  },
  "evidence-too-many-pixels": { kind: "unprocessable", title: "An image costs too much to decode" },
  "evidence-mismatch": {
    kind: "unprocessable",
    title: "A piece of evidence differs from what was announced",
  },
  "evidence-missing": { kind: "unprocessable", title: "Announced evidence has not been uploaded" },
  "file-unknown": { kind: "unprocessable", title: "The file is not of a kind that can be checked" },
  "file-too-large": { kind: "too-large", title: "The file is too large" },
  "address-refused": { kind: "unprocessable", title: "Nothing may be fetched from that address" },
  "address-unreadable": { kind: "unprocessable", title: "What stands at the address could not be read" },
  "quota-exceeded": { kind: "exhausted", title: "The allowance is used up" },
  "slow-down": { kind: "exhausted", title: "This device asks too often" },
  "rate-limited": { kind: "exhausted", title: "This key sends too fast" },
  overloaded: { kind: "unavailable", title: "Too much contention; try again" },
  unavailable: { kind: "unavailable", title: "A part of the system does not answer" },
  internal: { kind: "internal", title: "An unexpected error" },
} as const satisfies Record<string, { kind: Kind; title: string }>;
export type Code = keyof typeof catalogue;

export const Fault = z.object({ pointer: z.string(), detail: z.string() }).meta({
  id: "Fault",
  description: "One fault in the input: a JSON pointer into it and what is wrong there.",
});
export type Fault = z.infer<typeof Fault>;

export const ProblemCode = z
  .enum(Object.keys(catalogue) as [Code, ...Code[]])
  .meta({ id: "ProblemCode", description: "What went wrong, for programs." });

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string().describe("What went wrong, for people, in the language that was asked for"),
    status: z.int(),
    detail: z.string().describe("What was expected and what came, for people"),
    code: ProblemCode,
    requestId: z.string().describe("Quote it when you ask for help"),
    errors: z.array(Fault),
  })
  .meta({
    id: "Problem",
    description: "The body of every error answer (RFC 9457).",
    examples: [
      {
        type: "https://vigil.dev/problems/not-found",
        title: "There is no such thing",
        status: 404,
        detail: "no such digest in this account",
        code: "not-found",
        requestId: "req_0198c3f4a1b27c3d8e4f5a6b7c8d9e0f",
        errors: [],
      },
    ],
  });
export type ProblemBody = z.infer<typeof ProblemBody>;

type Extra = {
  errors?: Fault[];
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  cause?: unknown;
  concernsOperator?: boolean;
};

export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: Code;
  readonly errors: Fault[];
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Record<string, string>;
  /** It passes for whoever asked, and whoever runs Vigil must hear of it all the same. */
  readonly concernsOperator: boolean;

  constructor(code: Code, detail: string, extra: Extra = {}) {
    super(detail, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.code = code;
    this.errors = extra.errors ?? [];
    this.retryAfterSeconds = extra.retryAfterSeconds;
    this.headers = extra.headers ?? {};
    this.concernsOperator = extra.concernsOperator ?? false;
  }

  get kind(): Kind {
    return catalogue[this.code].kind;
  }

  get status() {
    return kinds[this.kind].status;
  }
}

export function problem(code: Code, detail: string, extra?: Extra): Problem {
  return new Problem(code, detail, extra);
}

/** Whether a queue should deliver the message again after this error. What is not a problem is a defect: try again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Problem ? kinds[error.kind].retry : true;
}

/** @param title in the language of whoever is refused (`problem-titles.ts`); what is left is the same in all of them */
export function toBody(
  error: Problem,
  requestId: string,
  title: string = catalogue[error.code].title,
): ProblemBody {
  return {
    type: `https://vigil.dev/problems/${error.code}`,
    title,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    errors: error.errors,
  };
}

/** What is wrong, of which the first fault is said in words: many a client shows no more than that. */
export function describeFaults(what: string, error: z.ZodError): { detail: string; errors: Fault[] } {
  const errors = faultsOf(error);
  const [first] = errors;
  const more = error.issues.length - 1;
  const told = first ? `: ${first.pointer}: ${first.detail}` : "";
  return { detail: `${what}${told}${more > 0 ? ` (and ${more} more, see errors)` : ""}`, errors };
}

/** Turns schema issues into faults, at most 20 of them. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.slice(0, 20).map((issue) => ({
    pointer: `/${issue.path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`,
    detail: issue.message,
  }));
}
