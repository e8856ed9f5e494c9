/** Events: what devices report. */
export { toOurTime } from "./instant.ts";
export { type Timed, timeOf, type When } from "./time-of.ts";
