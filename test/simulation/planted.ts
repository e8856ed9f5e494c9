/**
 * Faults that are planted on purpose, one at a time and from outside: a statement rewritten on its way to the database, or
 * something of the outside world wrapped. Nothing in Vigil knows of them. Each must be caught.
 */
import type { Webhooks } from "@vigil/core/platform/webhooks";
import type { Store } from "../../edge-gateway/src/store/index.ts";
import type { Rewrite } from "./gated-database.ts";
import type { Process, World } from "./world.ts";

type GatewayStore = Pick<
  Store,
  "turn" | "freeze" | "settle" | "boots" | "readEvidence" | "loseEvidence" | "anchor" | "captureKey"
>;

export type Planted = {
  name: string;
  rewrite?: Rewrite;
  webhooks?: (real: Webhooks, world: World, outside: Process) => Webhooks;
  gatewayStore?: (real: GatewayStore) => GatewayStore;
  sweepsNot?: boolean;
};

/** Does nothing, and answers as if. */
const nothing = { text: "select where false", values: [] };

export const plantable: readonly Planted[] = [
  {
    name: "the outbox is not written",
    rewrite: ({ text }) => (text.startsWith('insert into "outbox"') ? nothing : undefined),
  },
  {
    name: "a review moves without compare-and-set",
    rewrite: ({ text, values }) =>
      text.startsWith('update "review" set "state"')
        ? { text: text.replace(/and ("review"\."state" in \([^)]*\))/, "and ($1 or true)"), values }
        : undefined,
  },
  {
    name: "the refund is forgotten",
    rewrite: ({ text, values }) =>
      text.startsWith('update "quota_claim" set "state"') && values.includes("refunded")
        ? nothing
        : undefined,
  },
  {
    name: "inAccount is forgotten",
    rewrite: ({ text }) =>
      text.startsWith("select set_config('vigil.account_id'") ? { text: "select 1", values: [] } : undefined,
  },
  {
    name: "a delivery is acknowledged before it is sent",
    webhooks: (real, world, outside) => ({
      ...real,
      post: async (request) => {
        void world.spawn(outside, "post later", () => real.post(request).catch(() => undefined));
        return { status: 200, retryAfter: undefined };
      },
    }),
  },
  { name: "the sweep is switched off", sweepsNot: true },
  {
    name: "the forwarder renders a frozen body anew",
    gatewayStore: (real) => ({
      ...real,
      turn: async (bounds) =>
        (await real.turn(bounds)).map((item) =>
          item.state === "frozen" ? { ...item, state: "heard" as const, body: null } : item,
        ),
    }),
  },
];
