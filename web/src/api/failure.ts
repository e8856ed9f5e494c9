/** The two ways in which a request to the API fails: it refuses with a problem (RFC 9457), or it does not answer. */

/** The members of a problem document that the console reads. */
export type ProblemDocument = {
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
};

/** The API answered, and said no. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** No answer, or one that is not the API's: the network, a proxy or the API itself is down. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Whether another try, unchanged, could end differently. */
export function mayPass(failure: unknown): boolean {
  return !(failure instanceof Refusal) || failure.problem.status >= 500 || failure.problem.status === 429;
}

/** Reads a problem out of a body that may hold anything: a proxy's HTML page, nothing, or the real thing. */
export function refusalOf(status: number, body: unknown): Refusal | Unreachable {
  if (typeof body !== "object" || body === null || !("title" in body) || !("code" in body)) {
    return new Unreachable(`expected the API's answer, got HTTP ${status} without a problem document`);
  }
  const text = (key: string) => {
    const value = (body as Record<string, unknown>)[key];
    return typeof value === "string" ? value : "";
  };
  return new Refusal({
    title: text("title"),
    status,
    detail: text("detail"),
    code: text("code"),
    requestId: text("requestId"),
  });
}
