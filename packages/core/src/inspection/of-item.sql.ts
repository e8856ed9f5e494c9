/** Part of statements that read items of runs: what was seen in each. */
import { part } from "../db/index.ts";

/**
 * Joins `n`, what was seen in the item `i` of the run `r`, if anything was. Looked up item by item: no plan ever reads all that
 * an account has had inspected to answer for a page of it.
 */
export const seenInItem = part`left join lateral (select s.outcome, s.detections, s.hash, s.embedding, s.reason from inspection s
  where s.account_id = i.account_id and s.sha256 = i.sha256
    and s.model_sha256 = r.model ->> 'sha256' and s.policy_hash = r.policy_hash limit 1) n on true`;
