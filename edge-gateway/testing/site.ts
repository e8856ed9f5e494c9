/** For tests: a store and its forwarding on a temporary folder, with clocks that the test may bend. */
import { type Clock, systemClock } from "../src/clock.ts";
import { type Forward, type ForwardOptions, openForward } from "../src/forward/index.ts";
import type { LinkStatus } from "../src/forward/link.ts";
import type { AcceptedEvent } from "../src/forward/read-answer.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/index.ts";
import type { Balance, NewItem } from "../src/store/item.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { waitUntil } from "./wait-until.ts";

export type Site = AsyncDisposable & {
  directory: string;
  store: Store;
  accepted: Map<string, AcceptedEvent>;
  links: LinkStatus[];
  record(item: NewItem): Promise<void>;
  /** Begins to forward, once. */
  forward(options?: Partial<ForwardOptions>): Forward;
  /** Waits until nothing is kept any more. */
  drained(): Promise<Balance>;
};

export async function openSite(
  { url, key }: { url: string; key: string },
  { clock = systemClock, wallMs = Date.now() }: { clock?: Clock; wallMs?: number } = {},
): Promise<Site> {
  const folder = temporaryFolder();
  const store = await openStore({ directory: folder.path, ballastBytes: 1024 });
  await store.start(wallMs, "0a1b");
  let forward: Forward | undefined;
  const accepted = new Map<string, AcceptedEvent>();
  const links: LinkStatus[] = [];
  return {
    directory: folder.path,
    store,
    accepted,
    links,
    async record(item) {
      await store.record(item);
      forward?.wake(item.urgent);
    },
    forward(options = {}) {
      forward = openForward({
        url,
        key,
        store,
        clock,
        random: () => 0,
        log: createLog({ level: "silent" }),
        onAccepted: (item, event) => void accepted.set(item.id, event),
        onLink: (status) => void links.push(status),
        ...options,
      });
      return forward;
    },
    async drained() {
      await waitUntil(async () => (await store.balance()).kept === 0, { what: "an empty outbox" });
      return store.balance();
    },
    async [Symbol.asyncDispose]() {
      await forward?.stop();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}
