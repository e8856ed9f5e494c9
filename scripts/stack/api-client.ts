/** What the local stack asks of its own API, as a member of an account. Answers are parsed by the wire schemas. */

import { randomUUID } from "node:crypto";
import { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { ProblemBody } from "@vigil/core/problem";
import { ReviewView } from "@vigil/core/review/wire";
import * as z from "zod";

/** The API refused; the message is the problem's own. */
export class ApiRefusal extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

const answerMsMax = 20_000;

/** Sends one request and parses its answer. Throws `ApiRefusal` for a problem. */
export async function call<T>(
  url: string,
  token: string,
  schema: z.ZodType<T>,
  init: RequestInit = {},
): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(url, { signal: AbortSignal.timeout(answerMsMax), ...init, headers });
  const body: unknown = await response.json();
  if (!response.ok) throw new ApiRefusal(ProblemBody.parse(body));
  return schema.parse(body);
}

const DigestPage = z.object({ items: z.array(DigestSummary) });

export type Member = {
  /** Newest first. */
  listDigests(): Promise<DigestSummary[]>;
  getDigest(id: string): Promise<DigestView>;
  requestReview(sessionId: string): Promise<ReviewView>;
};

export function createMember(apiUrl: string, token: string): Member {
  return {
    async listDigests() {
      return (await call(`${apiUrl}/v1/digests?limit=20`, token, DigestPage)).items;
    },
    getDigest: (id) => call(`${apiUrl}/v1/digests/${id}`, token, DigestView),
    requestReview: (sessionId) =>
      call(`${apiUrl}/v1/sessions/${sessionId}/reviews`, token, ReviewView, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
        body: "{}",
      }),
  };
}
