/** An attempt that got no answer, in words that an owner may read: where it stopped, nothing of what is behind the address. */
import type { Attempted } from "../../delivery/index.ts";
import { delivery as limits } from "../../limits.ts";
import { AddressRefused } from "../../platform/public-address.ts";

export function noAnswer(error: unknown): Attempted {
  return { status: null, retryAfterMs: 0, error: describe(error), final: false };
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (error instanceof AddressRefused || cause instanceof AddressRefused) {
    return "the address leads to a network that is refused";
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    return `no answer within ${limits.attemptMsMax / 1000} s`;
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === "string" ? `the connection failed (${code})` : "the connection failed";
}
