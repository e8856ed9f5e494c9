/** Why the bytes of a moment could not be had: the outcome that the moment ends with. */
export class Unfetchable extends Error {
  override readonly name = "Unfetchable";
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
