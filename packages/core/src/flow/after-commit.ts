import type { Services } from "./services.ts";

/**
 * What follows a commit: sending jobs, asking for a review. What the caller asked for is done by then, so that a fault in
 * here is told to the log and fails nobody's answer; the sweep makes up for it.
 */
export async function afterCommit(
  services: Services,
  what: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    services.log.warn({ err: error, what }, "what follows a commit failed; the sweep makes up for it");
  }
}
