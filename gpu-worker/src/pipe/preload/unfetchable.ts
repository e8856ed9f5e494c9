/** Why the bytes of a moment could not be had: the outcome that the moment ends with. */
export class Unfetchable extends Error {
  override readonly name: string = "Unfetchable";
  /** `missing`: no bytes came. `unreadable`: other bytes came than were announced. */
  readonly outcome: "missing" | "unreadable";
  /** Whether another try, later, could end differently. */
  readonly passing: boolean;

  constructor(outcome: "missing" | "unreadable", reason: string, options: { passing: boolean }) {
    super(reason);
    this.outcome = outcome;
    this.passing = options.passing;
  }
}

/**
 * A fresh link leads to no evidence store that this worker may use, or that would have it. That says nothing of the
 * evidence: the worker, or the store's address that the API signs for, is configured wrongly.
 */
export class Misdirected extends Unfetchable {
  override readonly name = "Misdirected";

  constructor(reason: string) {
    super("missing", reason, { passing: true });
  }
}
