/** A person becomes a customer: an account of tier lite with its first site, of which they are the owner. */
import * as Account from "../../account/index.ts";
import type { NewAccount } from "../../account/wire.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Id from "../../id.ts";
import { people as limits } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import { problem } from "../../problem.ts";
import * as Quota from "../../quota/index.ts";
import type { Membership, Memberships } from "../../sign-in/wire.ts";
import * as Site from "../../site/index.ts";
import type { Services } from "../services.ts";

/** @throws `invalid-body` for a time zone that does not exist; `too-many` */
export async function openAccount(
  services: Services,
  { person, items }: Memberships,
  { name, siteName, timeZone, memberName }: NewAccount,
): Promise<Membership> {
  if (!Quota.isTimeZone(timeZone)) {
    throw problem("invalid-body", `expected an IANA time zone such as Europe/London, got ${timeZone}`, {
      errors: [{ pointer: "/timeZone", detail: "no such time zone" }],
    });
  }
  if (items.length >= limits.accountsPerPersonMax) {
    throw problem("too-many", `expected a person to be in at most ${limits.accountsPerPersonMax} accounts`);
  }
  const accountId = Id.create("account");
  const memberId = Id.create("member");
  const role = "owner";
  const tier = "lite";
  // Nobody else can be in an account that does not exist yet: row-level security lets it make its own first rows.
  await inAccount(services.database, accountId, async (tx) => {
    await Account.record(tx, { id: accountId, name, tier, timeZone });
    await Site.record(tx, { id: Id.create("site"), accountId, name: siteName });
    const { id: personId, email } = person;
    await Member.record(tx, { id: memberId, accountId, name: memberName, role, personId, email });
    const at = services.clock.now();
    await Audit.record(tx, { accountId, actor: memberId, action: "account.opened", subject: accountId, at });
  });
  return { account: { id: accountId, name, tier }, memberId, name: memberName, role };
}
