/** Moved by one compare-and-set each. A key that was collected and never used is given anew: its answer may have been lost. */
export const enrolmentStates = ["waiting", "granted", "collected", "refused"] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];
