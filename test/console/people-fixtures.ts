/** What the console is shown of the account as a whole, of buying, and of devices that ask to be let in. */

import { SiteConsents } from "@vigil/core/consent/wire";
import { EnrolmentShown } from "@vigil/core/enrolment/wire";
import { Erasure, ErasureShown } from "@vigil/core/erasure/wire";
import { AccountExport } from "@vigil/core/export/wire";
import { BillingView } from "@vigil/core/subscription/wire";
import * as z from "zod";
import { at, id } from "./fixtures.ts";

const readyExport = AccountExport.parse({
  id: id("exp", 2),
  state: "ready",
  askedAt: at(3_600),
  readyAt: at(3_400),
  expiresAt: at(-82_000),
  rows: 48_213,
  objects: 5_120,
  volumes: [
    {
      no: 1,
      name: "vigil-account-2026-11-20-1.zip",
      bytes: 843_221_007,
      sha256: "0".repeat(64),
      files: 5_160,
      url: null,
    },
  ],
} satisfies AccountExport);

export const writingExport = AccountExport.parse({
  ...readyExport,
  id: id("exp", 3),
  state: "writing",
  askedAt: at(40),
  readyAt: null,
  expiresAt: null,
  rows: 12_800,
  objects: 0,
  volumes: [],
} satisfies AccountExport);

export const comingErasure = Erasure.parse({
  id: id("era", 1),
  state: "asked",
  askedAt: at(7_200),
  beginsAt: at(-79_200),
  doneAt: null,
  counts: { objects: 0, bytes: 0, rows: {}, subscriptions: 0, subscriptionsLeft: 0 },
  note: null,
} satisfies Erasure);

const doneErasure = Erasure.parse({
  ...comingErasure,
  state: "erased",
  askedAt: at(90_000),
  beginsAt: at(3_600),
  doneAt: at(3_300),
  counts: {
    objects: 5_160,
    bytes: 1_686_900_211,
    rows: { account: 1, event: 9_300, moment: 5_120, session: 2_412, log_leaf: 5_530 },
    subscriptions: 1,
    subscriptionsLeft: 0,
  },
  note: `console.test/erasure\nerasure ${id("era", 1)}\nasked ${at(90_000)}\nclosed ${at(3_600)}\ndone ${at(3_300)}\nobjects 5160\nbytes 1686900211\nsubscriptions-cancelled 1\nsubscriptions-left 0\nrows account 1\nrows event 9300\nrows log_leaf 5530\nrows moment 5120\nrows session 2412\n\n— vigil 1a2b3c4dAXnc0q3o0m1v9s7u5t3r1p9n7l5j3h1f9d7b5z3x1w9v7u5t3r1p9n7l5j3h1f9d7b5z3x1wA==\n`,
} satisfies Erasure);

const billing = BillingView.parse({
  tier: "guardian",
  isOffered: true,
  prices: [
    { tier: "guardian", amount: 1_000, currency: "GBP", per: "month" },
    { tier: "pro", amount: 2_000, currency: "GBP", per: "month" },
  ],
  subscriptions: [{ tier: "guardian", state: "paying", endsAt: null }],
} satisfies BillingView);

const counts = {
  findings: 41,
  reports: 17,
  digests: 16,
  messages: 9,
  leaves: 18,
  embeddings: 0,
  archives: 1,
};
const never = { given: false, givenBy: null, givenAt: null, withdrawal: null };
const withdrawn = { withdrawnBy: "Ada", withdrawnAt: at(86_400), counts };
const receipt = `console.test/consent\nconsent ${id("con", 1)}\nsite ${id("sit", 1)}\nkind reidentification\nfindings 41\ndigests 16\n\n— vigil 1a2b3c4dAXnc0q3o0m1v9s7u5t3r1p9n7l5j3h1f9d7b5z3x1wA==\n`;
/** Off, on and withdrawn; beside a site whose plates are being erased. */
const consents = z.array(SiteConsents).parse([
  {
    siteId: id("sit", 1),
    siteName: "Harbour Street",
    consents: [
      { ...never, kind: "faces" },
      { ...never, kind: "plates", given: true, givenBy: "Ada", givenAt: at(7_200) },
      {
        ...never,
        kind: "reidentification",
        withdrawal: { ...withdrawn, erasedAt: at(86_000), note: receipt },
      },
    ],
  },
  {
    siteId: id("sit", 2),
    siteName: "Boat house",
    consents: [
      { ...never, kind: "faces" },
      { ...never, kind: "plates", withdrawal: { ...withdrawn, erasedAt: null, note: null } },
      { ...never, kind: "reidentification" },
    ],
  },
] satisfies SiteConsents[]);

export type WholeAccount = {
  exports: AccountExport[];
  erasure: Erasure | null;
  billing: BillingView;
  consents: SiteConsents[];
};

export const wholeAccount = (): WholeAccount => ({
  exports: [readyExport],
  erasure: null,
  billing,
  consents: structuredClone(consents),
});

const ExportPage = z.object({ items: z.array(AccountExport), nextCursor: z.null() });

/** @returns undefined for what is asked elsewhere */
export function peopleRoutes(
  data: WholeAccount,
  method: string,
  path: string,
): { body: unknown } | undefined {
  if (path === "/v1/account/exports") {
    if (method === "POST") data.exports = [writingExport, ...data.exports];
    return {
      body: method === "POST" ? writingExport : ExportPage.parse({ items: data.exports, nextCursor: null }),
    };
  }
  if (path === "/v1/account/erasure") {
    if (method === "DELETE") data.erasure = null;
    return { body: method === "DELETE" ? undefined : ErasureShown.parse({ erasure: data.erasure }) };
  }
  if (path === "/v1/consents") {
    return { body: { items: z.array(SiteConsents).parse(data.consents), nextCursor: null } };
  }
  const [, site, kind] = /^\/v1\/sites\/(\w+)\/consents\/(\w+)$/.exec(path) ?? [];
  if (site !== undefined) {
    const own = data.consents.find(({ siteId }) => siteId === site)?.consents ?? [];
    const changed = own.find((one) => one.kind === kind);
    if (changed) Object.assign(changed, { given: true, givenBy: "Ada", givenAt: at(0) });
    return { body: changed };
  }
  if (path.startsWith("/v1/erasures/")) return { body: doneErasure };
  if (path === "/v1/billing") return { body: BillingView.parse(data.billing) };
  if (path !== "/v1/enrolments/shown") return undefined;
  const shown = { name: "Porch camera", kind: "camera", askedAt: at(30), expiresAt: at(-570) };
  return { body: EnrolmentShown.parse(shown) };
}
