/** The names of an account's sites, where they tell anything: an account with one site does not need its name everywhere. */
import type { Account } from "../api/contract.ts";

export function siteNames(account: Pick<Account, "sites">): (siteId: string) => string | undefined {
  if (account.sites.length < 2) return () => undefined;
  const names = new Map(account.sites.map((site) => [site.id, site.name]));
  return (siteId) => names.get(siteId);
}
