/**
 * The console, the API and sign-in share one origin, so that a browser's cookie is of that origin alone and no answer of
 * the API is ever read by another site. These paths are theirs; every other is a page of the console.
 */
export const signInPath = "/sign-in/v1";

/** What devices report to, a part of `/v1`: on Lambda a function of its own answers it. */
export const acceptPath = "/v1/events";

/** What stays open while a page is: on Lambda a function of its own, which streams. */
export const streamPath = "/v1/digests/stream";

/** What is asked of texts and pictures: a part of `/v1`, on Lambda a function of its own. */
export const authenticityPath = "/v1/authenticity";

/** A part of that which the API itself answers: it signs for the store and sends to a queue. */
export const recordingsPath = "/v1/authenticity/uploads";

export const apiPaths = Object.freeze([
  "/v1",
  "/operator/v1",
  signInPath,
  "/endpoints/confirm",
  "/endpoints/unsubscribe",
  "/shared",
] as const);

export function isApiPath(path: string): boolean {
  return apiPaths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
