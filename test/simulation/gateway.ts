/** The gateway in the simulation: the real store on a real disk, and the real forwarder; the power may go at any call. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForward } from "../../edge-gateway/src/forward/index.ts";
import { createLog } from "../../edge-gateway/src/log.ts";
import type { Store } from "../../edge-gateway/src/store/index.ts";
import type { Balance, NewItem } from "../../edge-gateway/src/store/item.ts";
import { type Outbox, openOutbox } from "../../edge-gateway/src/store/outbox.ts";
import { picture } from "../../edge-gateway/testing/event-items.ts";
import type { House } from "./house.ts";
import { storeOrigin } from "./outside.ts";
import type { Deed } from "./plan.ts";
import type { Process } from "./world.ts";

/** Of the calls that a forwarder makes; the others are asked of the store directly. */
const verbs = [
  "turn",
  "freeze",
  "settle",
  "boots",
  "readEvidence",
  "loseEvidence",
  "anchor",
  "captureKey",
] as const;

export type SimulatedGateway = {
  begin(house: House, process: Process): void;
  record(deed: Extract<Deed, { kind: "heard" }>, number: number): Promise<void>;
  balance(): Balance;
  refused(): string[];
  heard: string[];
  close(): void;
};

export function openGateway(): SimulatedGateway {
  const directory = mkdtempSync(join(tmpdir(), "vigil-simulated-gateway-"));
  let outbox: Outbox | undefined;
  let house: House | undefined;
  let process: Process | undefined;
  let wake = (_urgent: boolean) => {};
  let boots = 0;
  const heard: string[] = [];
  const opened = () => {
    if (!outbox) throw new Error("expected the gateway to have begun");
    return outbox;
  };

  function storeOf(at: House, mine: Outbox): Pick<Store, (typeof verbs)[number]> {
    const calls = verbs.map((verb) => {
      const call = mine[verb] as (...args: unknown[]) => unknown;
      return [verb, (...args: unknown[]) => at.world.gate(`gateway ${verb}`, () => call(...args))];
    });
    return Object.fromEntries(calls) as Pick<Store, (typeof verbs)[number]>;
  }

  return {
    heard,
    begin(at, mine) {
      outbox?.close();
      const { world, network, seeded, planted } = at;
      house = at;
      process = mine;
      const clock = {
        now: () => new Date(world.timeOf(mine)),
        monotonicMs: () => world.nowMs,
      };
      const kept = openOutbox({ directory, ballastBytes: 1024, now: () => world.nowMs });
      outbox = kept;
      boots += 1;
      kept.start(world.timeOf(mine), boots.toString(16).padStart(4, "0"));
      const key = seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "";
      void world.spawn(mine, "forward", async () => {
        const store = storeOf(at, kept);
        const forward = openForward({
          url: "http://api.simulated",
          key,
          store: planted?.gatewayStore?.(store) ?? store,
          clock,
          random: Math.random,
          log: createLog({ level: "silent" }),
          onAccepted: () => {},
          onLink: () => {},
          fetch: (async (url: string, init: RequestInit) => {
            if (!url.startsWith(storeOrigin)) return network.ask(new URL(url).pathname, init);
            const { status } = await at.store.fetch("PUT", url, init.body as Uint8Array);
            return new Response(null, { status });
          }) as typeof fetch,
        });
        wake = (urgent) => forward.wake(urgent);
        await forward.running;
      });
    },
    async record({ isUrgent, pictures }, number) {
      if (!house || !process) throw new Error("expected the gateway to have begun");
      const { world } = house;
      const id = `simulated.${number}`;
      heard.push(id);
      const item: NewItem = {
        id,
        urgent: isUrgent,
        heard: {
          type: isUrgent ? "smoke" : "temperature",
          zone: "kitchen",
          attributes: { celsius: 61.5 },
        },
        at: { wallMs: world.timeOf(process), monotonicMs: world.nowMs },
        evidence: Array.from({ length: pictures }, (_, index) =>
          picture(`${index}.png`, number * 10 + index),
        ),
      };
      opened().record(item);
      wake(isUrgent);
    },
    balance: () => opened().balance(),
    refused: () =>
      opened()
        .ledger(100)
        .filter(({ outcome, evidence }) => outcome !== "forwarded" && evidence === null)
        .map(({ itemId, reason, detail }) => `${itemId} ${reason} ${detail}`),
    close() {
      outbox?.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
