/** How fast one key may send events through one place of the platform. What threatens life is counted and never refused. */
import { type EventInput, isLifeSafety } from "@vigil/core/event/wire";
import { hash } from "@vigil/core/key/format";
import { rate as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import type { RateBinding } from "./config.ts";

export type KeyRate = {
  /** @throws `rate-limited` */
  take(key: string, event: Pick<EventInput, "type" | "mode">): Promise<void>;
};

/** @param binding none where none is configured: the API counts as well */
export function createKeyRate(binding: RateBinding | undefined): KeyRate {
  return {
    async take(key, event) {
      if (!binding) return;
      // The platform is not given keys.
      const { success } = await binding.limit({ key: Buffer.from(hash(key)).toString("base64") });
      if (success || isLifeSafety(event)) return;
      throw problem(
        "rate-limited",
        `expected at most ${limits.eventsMax} events of one key in ${limits.windowMs / 1000} s`,
        { retryAfterSeconds: limits.windowMs / 1000 },
      );
    },
  };
}
