/**
 * A link that cannot be used: it has expired, or leads to where the evidence is not, or not any more. Another one may: the
 * job may have waited while links expired or the store moved.
 */
export class LinkRefused extends Error {
  override readonly name = "LinkRefused";
  /** The store itself says that it has no such object. */
  readonly isGone: boolean;

  constructor(reason: string, { isGone = false } = {}) {
    super(reason);
    this.isGone = isGone;
  }
}
