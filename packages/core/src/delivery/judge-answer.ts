/** What an endpoint's answer means for a delivery and for the endpoint. */

export type Attempted = {
  /** Null: there was no answer. */
  status: number | null;
  /** In milliseconds; 0 where the receiver asked for nothing. */
  retryAfterMs: number;
  error: string | null;
  /** Set when no later attempt can succeed: the address is refused, the subscription has ended. */
  final: boolean;
};

export type Verdict =
  | { kind: "delivered" }
  /** The endpoint is gone for good: it is switched off. */
  | { kind: "gone"; reason: string }
  | { kind: "retry"; reason: string };

/** Only 2xx counts as taken; 410 says that nothing is wanted any more; redirects are failures. */
export function judgeAnswer({ status, error, final }: Attempted): Verdict {
  if (status !== null && status >= 200 && status < 300) return { kind: "delivered" };
  if (status === 410) return { kind: "gone", reason: "the receiver answered 410 Gone" };
  const reason = error ?? `the receiver answered ${status}`;
  return final ? { kind: "gone", reason } : { kind: "retry", reason };
}
