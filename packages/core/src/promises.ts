/** What subscribers are promised, in plain numbers: load tests are held to them too, in an engine that knows nothing of Node. */
export const promises = Object.freeze({
  /** From the review's request to its digest. */
  digestMsMax: 60_000,
  /** Moments of a review, while the system is neither busy nor idle. */
  momentsDefault: 20,
  guardianReviewsPerDay: 5,
});
