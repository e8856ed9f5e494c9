/** Events: what devices report. */
export { checkTime } from "./check-time.ts";
