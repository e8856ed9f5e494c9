/** Whether the stream tells what happens: while it does, pages need not ask so often. */
import type { StreamEvent } from "@vigil/client";

export type Live = {
  subscribe: (onChange: () => void) => () => void;
  read: () => boolean;
  /** Follows until the signal fires; ends by itself where the API has no stream, or refuses the key. */
  follow: (signal: AbortSignal, onTold: (told: Told) => void) => Promise<void>;
};

/** What changed; `everything`: what came meanwhile is unknown. */
export type Told = Extract<StreamEvent, { kind: "entry" }>["entry"] | "everything";

/** @param open the stream from after an entry on, or of what is new */
export function createLive(
  open: (options: { after?: string; signal: AbortSignal }) => AsyncIterable<StreamEvent>,
): Live {
  const listeners = new Set<() => void>();
  let isLive = false;
  let last: string | undefined;
  const set = (next: boolean) => {
    if (next === isLive) return;
    isLive = next;
    for (const tell of listeners) tell();
  };
  return {
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    read: () => isLive,
    async follow(signal, onTold) {
      try {
        for await (const event of open({ ...(last === undefined ? {} : { after: last }), signal })) {
          set(event.kind !== "broken");
          if (event.kind === "broken") continue;
          if (event.kind === "entry") onTold(event.entry);
          // What was asked for before the stream ran may have changed before it did.
          else if (event.kind === "reset" || last === undefined) onTold("everything");
          last = event.id;
        }
      } catch {
        // Without a stream the pages ask by themselves, as often as they need to.
      } finally {
        set(false);
      }
    },
  };
}
