/** The story: an event becomes a digest. One file a step; the only place where nouns meet. */
export { acceptEvent, type Image } from "./accept-event.ts";
export { addDevice, addKey, listDevices, removeDevice, revokeKey } from "./change-devices.ts";
export { closeSession } from "./close-session.ts";
export { dispatchJobs } from "./dispatch-jobs.ts";
export { getAccount, getUsage } from "./read-account.ts";
export { getDigest, listDigests } from "./read-digests.ts";
export { getReview } from "./read-review.ts";
export { getSession, listEvents, listSessions } from "./read-sessions.ts";
export { recordHeartbeat } from "./record-heartbeat.ts";
export { renewEvidenceUrls } from "./renew-evidence-urls.ts";
export { reportDigest } from "./report-digest.ts";
export { reportFailure } from "./report-failure.ts";
export { requestReview } from "./request-review.ts";
export { sealEvent } from "./seal-event.ts";
export type { Log, Services } from "./services.ts";
export { sweep } from "./sweep.ts";
export { measureLoad } from "./system-load.ts";
