/** The life of an export. `expired`: its archives were deleted; `failed`: it could not be written, or nobody wants it any more. */
export const exportStates = ["waiting", "writing", "ready", "expired", "failed"] as const;
export type ExportState = (typeof exportStates)[number];
