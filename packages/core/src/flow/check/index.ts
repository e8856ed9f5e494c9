/**
 * Whether a text or a picture is what it claims to be, asked by a member: claimed, looked at, settled. Apart from the other
 * flows, so that who takes events does not load it.
 */

export { readTextHead, type TextHead } from "../../check/index.ts";
export { checkBatch, followBatch } from "./check-batch.ts";
export { type Asker, type Checked, checkFile, checkText, checkUrl } from "./check-one.ts";
export { exportChecks, getCheck, getDashboard, getEvaluation, listChecks } from "./read-checks.ts";
export type { CheckTools } from "./tools.ts";
