/** An owner has their account erased: asked for, called off, or looked at. What is then done, `carry-out-erasure.ts` does. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Erasure from "../../erasure/index.ts";
import type { ErasureInput, Erasure as ErasureView } from "../../erasure/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

/**
 * It begins a day later, and every owner is told by mail: whoever holds an owner's browser for a minute erases nothing that
 * nobody hears of. @throws `invalid-body` when the name is not the account's
 */
export async function askErasure(
  services: Services,
  { accountId, actor }: Audit.Actor,
  { name }: ErasureInput,
): Promise<ErasureView> {
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    if (name.trim() !== account.name.trim()) {
      throw problem("invalid-body", "expected the account's own name, as the settings show it", {
        errors: [{ pointer: "/name", detail: "not the account's name" }],
      });
    }
    const at = services.clock.now();
    const { made, isNew } = await Erasure.record(tx, { accountId, askedBy: actor, at });
    if (isNew) {
      const detail = { beginsAt: made.beginsAt.toISOString() };
      const action = "account.erasure-asked";
      await Audit.record(tx, { accountId, actor, action, subject: accountId, detail, at });
    }
    return Erasure.view(made);
  });
}

export async function findErasure(services: Services, accountId: string): Promise<ErasureView | null> {
  const found = await inAccount(services.database, accountId, (tx) => Erasure.find(tx));
  return found ? Erasure.view(found) : null;
}

/** Where none was asked for, nothing happens. @throws `erasure-begun` */
export async function callOffErasure(services: Services, { accountId, actor }: Audit.Actor): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    if (!(await Erasure.callOff(tx))) return;
    const action = "account.erasure-called-off";
    await Audit.record(tx, { accountId, actor, action, subject: accountId, at: services.clock.now() });
  });
}

/** By its id, which its mail names: how far it has come, and the receipt. Nobody is asked who they are. @throws `not-found` */
export async function getErasure({ database }: Services, id: string): Promise<ErasureView> {
  const found = await Erasure.findById(database.sql, id);
  if (!found) throw problem("not-found", `no erasure ${id}`);
  return Erasure.view(found);
}
