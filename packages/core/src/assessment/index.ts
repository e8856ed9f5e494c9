/** Assessments: the explainer, how a late event is told, and what an account called false. */
export {
  countDismissals,
  forgetDismissals,
  listDismissals,
  recordDismissal,
} from "./dismissals.ts";
export * from "./explain.ts";
export { duration, isLate, type Receipt, tellLateness, tellReceipt } from "./tell-receipt.ts";
