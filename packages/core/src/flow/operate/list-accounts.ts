/** Operators look for an account: by a part of its name, or by its id. */
import * as Account from "../../account/index.ts";
import type { OperatedAccount } from "../../account/wire.ts";
import type { Page, PageRequest } from "../../page.ts";
import type { Services } from "../services.ts";

export async function listAccounts(
  services: Services,
  page: PageRequest & { words: string | undefined },
): Promise<Page<OperatedAccount>> {
  return Account.listOperated(services.database.sql, page);
}
