/** For tests of what needs a consent: the owners of these accounts have given it for all their sites. */

import { type Allowed, consentKinds } from "../src/consent/wire.ts";
import * as Id from "../src/id.ts";
import type { TestDatabase } from "./database.ts";

export async function consentTo(
  { owner, seeded }: TestDatabase,
  kinds: readonly (keyof Allowed)[] = consentKinds,
): Promise<void> {
  for (const { accountId, siteId, memberId } of seeded.accounts) {
    for (const kind of kinds) {
      await owner`insert into consent (id, account_id, site_id, kind, state, given_by, given_at, counts)
        values (${Id.create("consent")}, ${accountId}, ${siteId}, ${kind}, 'given', ${memberId}, now(), '{}') on conflict do nothing`;
    }
  }
}
