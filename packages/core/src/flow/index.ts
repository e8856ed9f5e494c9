/** The story: an event becomes a digest. One file a step; the only place where nouns meet. */
export { carryOutErasures, type ErasingServices } from "./account/carry-out-erasure.ts";
export { changeConsent, listConsents } from "./account/change-consent.ts";
export { askErasure, callOffErasure, findErasure, getErasure } from "./account/erase-account.ts";
export { eraseWithdrawn } from "./account/erase-withdrawn.ts";
export { askExport, getExport, listExports } from "./account/export-account.ts";
export { writeExports } from "./account/write-export.ts";
export {
  type AttemptOutcome,
  attemptDelivery,
  type Channel,
  type Channels,
} from "./deliver/attempt-delivery.ts";
export {
  addEndpoint,
  changeEndpoint,
  confirmEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  testEndpoint,
  unsubscribeEndpoint,
} from "./deliver/change-endpoints.ts";
export { dispatchDeliveries } from "./deliver/dispatch-deliveries.ts";
export { findNotifiedPicture } from "./deliver/find-notified-picture.ts";
export { getDelivery, listDeliveries, renewDeliveries } from "./deliver/renew-deliveries.ts";
export {
  listDeployments,
  observeDeployment,
  openDeployment,
  stopDeployment,
} from "./deploy/change-deployments.ts";
export { acceptEvents } from "./intake/accept-batch.ts";
export { acceptEvent, type Image } from "./intake/accept-event.ts";
export { announceEvidence } from "./intake/announce-evidence.ts";
export { recordGateway } from "./intake/record-gateway.ts";
export { keepGatewayKey, recordSignatures } from "./intake/record-signatures.ts";
export { sealEvent } from "./intake/seal-event.ts";
export {
  getModelRecord,
  listModels,
  promoteModel,
  registerModel,
  rollBackModel,
} from "./model/change-models.ts";
export { answerDisagreement, listDisagreements } from "./model/judge-disagreements.ts";
export { offerShadowLook, recordShadowLook } from "./model/look-in-shadow.ts";
export { listExperiments, openExperiment, recordPairs, stopExperiment } from "./model/run-experiment.ts";
export { appendToLog } from "./operate/append-log.ts";
export { type Applied, applySubscription } from "./operate/apply-subscription.ts";
export { buryMessage } from "./operate/bury-message.ts";
export { getBilling, openCheckout, openPortal } from "./operate/buy-tier.ts";
export { changeAccount, changeTier } from "./operate/change-account.ts";
export {
  addDevice,
  addKey,
  listDevices,
  removeDevice,
  revokeKey,
  rotateKey,
} from "./operate/change-devices.ts";
export { dismissEvent, resetDismissals } from "./operate/dismiss-event.ts";
export {
  askEnrolment,
  collectKey,
  grantEnrolment,
  refuseEnrolment,
  showEnrolment,
} from "./operate/enrol-device.ts";
export { listAccounts } from "./operate/list-accounts.ts";
export { getRunLevels, measureRuns, type RunLevels } from "./operate/measure-runs.ts";
export { listDeadLetters, redriveReview } from "./operate/redrive-review.ts";
export { stampLog } from "./operate/stamp-log.ts";
export { sweep } from "./operate/sweep.ts";
export { changeAreas, forgetObject, renameObject, teachObject } from "./operate/teach-scene.ts";
export {
  type ActingMember,
  changeMember,
  leaveAccount,
  listMembers,
  removeMember,
  rename,
} from "./people/change-members.ts";
export { addToken, listTokens, revokeToken } from "./people/change-tokens.ts";
export {
  acceptInvitation,
  invite,
  listInvitations,
  revokeInvitation,
  showInvitation,
} from "./people/invite.ts";
export { openAccount } from "./people/open-account.ts";
export { listAudit } from "./people/read-audit.ts";
export { countUnread, markReading, markReadUpTo } from "./people/read-digest.ts";
export { followStream, type StreamPart } from "./read/follow-stream.ts";
export { getAccount, getUsage } from "./read/read-account.ts";
export {
  getCheckpoint,
  getConsistency,
  getCustodyOfDigest,
  getCustodyOfEvent,
} from "./read/read-custody.ts";
export { getDigest, listDigests } from "./read/read-digests.ts";
export { getEvent, listEvents } from "./read/read-events.ts";
export { getVerdict, listGateways } from "./read/read-gateways.ts";
export {
  type CheckedLedger,
  checkLedger,
  getCheckedLedger,
  getLedger,
  getLedgerOfAll,
} from "./read/read-ledger.ts";
export { getLastLoad, getLoad } from "./read/read-load.ts";
export { getOvernight } from "./read/read-overnight.ts";
export { getReview } from "./read/read-review.ts";
export { getMasks, getScene } from "./read/read-scene.ts";
export { getSession, listSessions } from "./read/read-sessions.ts";
export { getTrends } from "./read/read-trends.ts";
export { searchDigests } from "./read/search-digests.ts";
export { deviceIn, reviewIn, sessionIn } from "./read/tell-in.ts";
export { announceRecording, completeRecording, getRecording } from "./recording/announce-recording.ts";
export { dispatchRecordings } from "./recording/dispatch-recordings.ts";
export { reportRecording, sourceOfRecording } from "./recording/report-recording.ts";
export { closeSession } from "./review/close-session.ts";
export { dispatchJobs } from "./review/dispatch-jobs.ts";
export { recordHeartbeat } from "./review/record-heartbeat.ts";
export { renewEvidenceUrls } from "./review/renew-evidence-urls.ts";
export { reportDigest } from "./review/report-digest.ts";
export { reportFailure } from "./review/report-failure.ts";
export { requestReview } from "./review/request-review.ts";
export { answerQuestion, listQuestions, takeBackAnswer } from "./run/answer-questions.ts";
export { decideGroups } from "./run/decide-groups.ts";
export { dispatchChunks } from "./run/dispatch-chunks.ts";
export { nameItems } from "./run/name-items.ts";
export { moveRun, openRun } from "./run/open-run.ts";
export { getRun, getRunManifest, listRunGroups, listRunItems, listRuns } from "./run/read-runs.ts";
export { listChunkItems, reportChunk } from "./run/report-chunk.ts";
export type { Log, Services, Telling } from "./services.ts";
export { exportDigest } from "./share/export-digest.ts";
export { openShare, type SharedDigest } from "./share/open-share.ts";
export { listShares, revokeShare, shareDigest } from "./share/share-digest.ts";
export { changeSource, getSource, listSources } from "./source/change-source.ts";
export { measureLoad } from "./system-load.ts";
