/** An owner says what may be looked for in a site's pictures, or takes it back. What then goes, `erase-withdrawn.ts` erases. */
import { asc, inArray } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import * as Consent from "../../consent/index.ts";
import {
  type ConsentInput,
  type ConsentKind,
  type ConsentView,
  consentKinds,
  type SiteConsents,
} from "../../consent/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { member } from "../../member/member.sql.ts";
import { problem } from "../../problem.ts";
import * as Site from "../../site/index.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

const sitesMax = 1_000;

/** Of every site of the account. */
export async function listConsents(services: Services, accountId: string): Promise<SiteConsents[]> {
  return inAccount(services.database, accountId, async (tx) => {
    const sites = await tx
      .select({ id: site.id, name: site.name })
      .from(site)
      .orderBy(asc(site.id))
      .limit(sitesMax);
    const view = await viewerOf(tx);
    return sites.map(({ id, name }) => ({
      siteId: id,
      siteName: name,
      consents: consentKinds.map((kind) => view(id, kind)),
    }));
  });
}

/**
 * Said twice it is said once.
 * @throws `not-found`; `consent-ending` when it is given while what was stored before is still being erased
 */
export async function changeConsent(
  services: Services,
  { accountId, actor }: Audit.Actor,
  { siteId, kind, given }: ConsentInput & { siteId: string; kind: ConsentKind },
): Promise<ConsentView> {
  return inAccount(services.database, accountId, async (tx) => {
    // Reports are stored under this lock: what comes after it knows.
    await Account.lock(tx, accountId);
    await Site.get(tx, siteId);
    const at = services.clock.now();
    const open = await Consent.findOpen(tx, siteId, kind);
    if (given && open?.state === "withdrawn") {
      throw problem(
        "consent-ending",
        "what was stored before it was withdrawn is still being erased; give it again when that is done",
      );
    }
    if (given !== (open?.state === "given")) {
      if (given) await Consent.give(tx, { accountId, siteId, kind, by: actor, at });
      else if (open?.state === "given") await Consent.withdraw(tx, open.id, { by: actor, at });
      if (given || open) {
        const action = given ? "consent.given" : "consent.withdrawn";
        await Audit.record(tx, { accountId, actor, action, subject: siteId, detail: { kind }, at });
      }
    }
    return (await viewerOf(tx))(siteId, kind);
  });
}

/** How consents are shown: with the names of those who gave and withdrew them. */
async function viewerOf(tx: Tx): Promise<(siteId: string, kind: ConsentKind) => ConsentView> {
  const rows = await Consent.list(tx);
  const ids = [
    ...new Set(rows.flatMap(({ givenBy, withdrawnBy }) => [givenBy ?? [], withdrawnBy ?? []].flat())),
  ];
  const members =
    ids.length === 0
      ? []
      : await tx.select({ id: member.id, name: member.name }).from(member).where(inArray(member.id, ids));
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (siteId, kind) => {
    const own = rows.filter((row) => row.siteId === siteId && row.kind === kind);
    const open = own.find(({ state }) => state === "given");
    const last = own.find(({ state }) => state !== "given");
    return {
      kind,
      given: open !== undefined,
      givenBy: open?.givenBy ? (names.get(open.givenBy) ?? open.givenBy) : null,
      givenAt: open?.givenAt?.toISOString() ?? null,
      withdrawal: last?.withdrawnAt
        ? {
            withdrawnBy: last.withdrawnBy ? (names.get(last.withdrawnBy) ?? last.withdrawnBy) : "Vigil",
            withdrawnAt: last.withdrawnAt.toISOString(),
            erasedAt: last.erasedAt?.toISOString() ?? null,
            counts: last.counts,
            note: last.note,
          }
        : null,
    };
  };
}
