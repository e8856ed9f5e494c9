/** Waits for an answer of the API: its body, or a `Refusal` or an `Unreachable`. */
import type { Settle } from "./asking.ts";
import { refusalOf, Unreachable } from "./failure.ts";

export type Watching = {
  /** Called after every request: whether the API answered at all. */
  onReach?: ((reached: boolean) => void) | undefined;
  /** Called when the API no longer accepts the credential. */
  onSignedOut?: (() => void) | undefined;
};

export function settleWith({ onReach, onSignedOut }: Watching): Settle {
  return async function settle<Body>(
    request: Promise<{ data?: Body; error?: unknown; response: Response }>,
  ): Promise<Body> {
    const answer = await request.catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
      onReach?.(false);
      throw new Unreachable("the API does not answer", { cause });
    });
    // An answer without a body, such as 204, is undefined and no failure.
    if (answer.response.ok) {
      onReach?.(true);
      return answer.data as Body;
    }
    const failure = refusalOf(answer.response.status, answer.error);
    onReach?.(!(failure instanceof Unreachable) && answer.response.status < 500);
    if (answer.response.status === 401) onSignedOut?.();
    throw failure;
  };
}
