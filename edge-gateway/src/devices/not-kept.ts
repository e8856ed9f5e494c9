/** What a person set is in force, and will be gone when the gateway restarts. */
export class NotKept extends Error {
  override name = "NotKept";

  constructor(what: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${what} now, and will not after a restart, because nothing can be kept: ${why}`, { cause });
  }
}

/** Why nothing outlives a restart where there is no folder. */
export const noFolder = "the gateway has no folder to write to; see its faults";
