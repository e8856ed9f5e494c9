/** Sessions: events of one site that lie close together in time. */
export { closeAt } from "./close-at.ts";
export { type JoinableSession, join } from "./join.ts";
export { type Merge, type Regroupable, regroup } from "./regroup.ts";
