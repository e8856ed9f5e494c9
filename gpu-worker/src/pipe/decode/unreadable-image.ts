export type UnreadableReason =
  | "not-an-image"
  | "unsupported-type"
  | "too-many-pixels"
  | "too-many-scans"
  | "too-slow"
  | "corrupt";

/** These bytes cannot be looked at. Another attempt with the same bytes ends the same. */
export class UnreadableImage extends Error {
  override readonly name = "UnreadableImage";
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
