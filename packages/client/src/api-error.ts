/** The API said no (RFC 9457), or something in its place did. */
import type { Schemas } from "./create-client.ts";

type Problem = Schemas["Problem"];

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Undefined when the answer was not the API's own. */
  readonly problem: Problem | undefined;
  /** How long to wait before trying again, where the API said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    super(problem ? `${problem.title}: ${problem.detail}` : `the API answered HTTP ${response.status}`);
    this.status = response.status;
    this.problem = problem;
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}

/** The body of an answer that went well. @throws ApiError for any other */
export async function settled<Body>(
  request: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await request;
  if (data === undefined) throw new ApiError(response, error);
  return data;
}
