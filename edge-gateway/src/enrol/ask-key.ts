/** Asks Vigil for the key of this gateway's own device: in the shape of RFC 8628. */
import { EnrolledDevice, EnrolmentCodes } from "@vigil/core/enrolment/wire";
import { ProblemBody } from "@vigil/core/problem";

export type AskOptions = {
  /** Vigil's API: `https://vigil.example.org`. */
  apiUrl: string;
  /** What the gateway calls itself to the owner. */
  name: string;
  /** Called once, with the codes to show. */
  onCodes: (codes: EnrolmentCodes) => void;
  pause: (ms: number) => Promise<void>;
  fetch?: typeof globalThis.fetch;
};

export class NotEnrolled extends Error {
  override readonly name = "NotEnrolled";
}

const requestMsMax = 30_000;

/**
 * Waits until an owner has let the gateway in. A network that fails meanwhile is waited for.
 * @throws `NotEnrolled` when it was turned away, nobody came in time, or the API is none of Vigil's
 */
export async function askKey(options: AskOptions): Promise<EnrolledDevice> {
  const { apiUrl, name, onCodes, pause } = options;
  const first = await post(options, "/v1/enrolments", { name, kind: "gateway" });
  if ("why" in first) throw new NotEnrolled(`${apiUrl} does not answer: ${first.why}`);
  const codes = EnrolmentCodes.safeParse(first.body);
  if (!codes.success) throw refusedBy(apiUrl, first);
  onCodes(codes.data);
  let intervalMs = codes.data.interval * 1000;
  for (let waitedMs = 0; waitedMs <= codes.data.expiresIn * 1000; waitedMs += intervalMs) {
    await pause(intervalMs);
    const answer = await post(options, "/v1/enrolments/key", { deviceCode: codes.data.deviceCode });
    if ("why" in answer || answer.status >= 500) continue;
    const enrolled = EnrolledDevice.safeParse(answer.body);
    if (enrolled.success) return enrolled.data;
    const code = ProblemBody.safeParse(answer.body).data?.code;
    // RFC 8628, section 3.5: whoever is told to slow down waits five seconds longer from then on.
    if (code === "slow-down") intervalMs += 5_000;
    else if (code !== "authorization-pending") throw refusedBy(apiUrl, answer);
  }
  throw new NotEnrolled("nobody has typed the code in time; ask anew");
}

type Answer = { status: number; body: unknown };

async function post(
  { apiUrl, fetch = globalThis.fetch }: AskOptions,
  path: string,
  body: object,
): Promise<Answer | { why: string }> {
  try {
    const answer = await fetch(new URL(path, apiUrl), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(requestMsMax),
    });
    return { status: answer.status, body: await answer.json().catch(() => undefined) };
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    return { why: cause instanceof Error ? cause.message : message };
  }
}

function refusedBy(apiUrl: string, { status, body }: Answer): NotEnrolled {
  const told = ProblemBody.safeParse(body);
  if (told.success) return new NotEnrolled(`${told.data.title}: ${told.data.detail}`);
  return new NotEnrolled(`expected Vigil's API at ${apiUrl}, got an answer of status ${status}`);
}
