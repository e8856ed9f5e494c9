/** An owner asks for everything of their account, and fetches it. `write-export.ts` writes it in the background. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Export from "../../export/index.ts";
import type { AccountExport } from "../../export/wire.ts";
import { evidence as evidenceLimits } from "../../limits.ts";
import type { Services } from "../services.ts";
import { objectKinds } from "./objects.ts";

/** One that is under way is the one that is wanted. @throws `too-many` */
export async function askExport(
  services: Services,
  { accountId, actor }: Audit.Actor,
): Promise<{ export: AccountExport; isNew: boolean }> {
  return inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    const at = services.clock.now();
    const { made, isNew } = await Export.record(tx, { accountId, askedBy: actor, at });
    if (isNew) {
      await Audit.record(tx, { accountId, actor, action: "account.export-asked", subject: made.id, at });
    }
    return { export: view(made, []), isNew };
  });
}

/** The newest first, without links. */
export async function listExports(services: Services, accountId: string): Promise<AccountExport[]> {
  const found = await inAccount(services.database, accountId, (tx) => Export.list(tx));
  return found.map((one) => view(one, []));
}

/** With a fresh link for each archive that is there. @throws `not-found` */
export async function getExport(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<AccountExport> {
  const found = await inAccount(services.database, accountId, (tx) => Export.get(tx, id));
  const isThere =
    found.state === "ready" && found.expiresAt !== null && found.expiresAt > services.clock.now();
  const links = await Promise.all(
    (isThere ? found.volumes : []).map(({ key }, index) =>
      services.blobs.presignGet({
        key,
        seconds: evidenceLimits.urlSecondsMax,
        filename: nameOf(found, index + 1),
      }),
    ),
  );
  return view(
    found,
    links.map(({ url }) => url),
  );
}

function nameOf({ askedAt }: Export.Export, no: number): string {
  return `vigil-account-${askedAt.toISOString().slice(0, 10)}-${no}.zip`;
}

function view(found: Export.Export, urls: readonly string[]): AccountExport {
  const { id, state, askedAt, readyAt, expiresAt, progress, volumes } = found;
  const kinds: readonly string[] = objectKinds;
  const sum = (isWanted: (source: string) => boolean) =>
    Object.entries(progress).reduce((total, [source, more]) => total + (isWanted(source) ? more : 0), 0);
  return {
    id,
    state,
    askedAt: askedAt.toISOString(),
    readyAt: readyAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    rows: sum((source) => !kinds.includes(source)),
    objects: sum((source) => kinds.includes(source)),
    volumes: volumes.map(({ bytes, sha256, files }, index) => ({
      no: index + 1,
      name: nameOf(found, index + 1),
      bytes,
      sha256,
      files,
      url: urls[index] ?? null,
    })),
  };
}
