/** The list of digests: of thousands only those near the screen are in the page, and older ones come before they are needed. */

import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useNow } from "../shell/use-now.ts";
import { useWindowRows } from "../shell/use-window-rows.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { DigestCard } from "./digest-card.tsx";
import type { Inbox } from "./grow-inbox.ts";
import { type Row, rowsOf } from "./rows.ts";
import { say } from "./say.ts";
import { Shortcuts } from "./shortcuts.tsx";
import type { UsedInbox } from "./use-inbox.ts";
import { useReading } from "./use-reading.ts";

/** How near the end, in rows, older ones are asked for. */
const rowsAhead = 40;
/** Pixels, until a row has been measured. */
const estimates = { day: 52, leading: 420, cards: 400, phone: 460 } as const;
const twoColumns = "(min-width: 48rem)";

type Props = { search: string; inbox: Inbox; older: UsedInbox["older"] };

export function DigestList({ search, inbox, older }: Props) {
  const { account } = useVisit();
  const columns = useColumns();
  const now = useNow(60_000);
  const { digests, nextCursor } = inbox;
  const rows = useMemo(
    () => rowsOf(digests, { columns, timeZone: account.timeZone, now }),
    [digests, columns, account.timeZone, now],
  );
  const { list, virtualizer } = useWindowRows({
    name: `inbox ${search}`,
    rows,
    estimate: (index) => heightOf(rows[index], columns),
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const isNearEnd = last + rowsAhead >= rows.length;
  const { goOn, busy, failure } = older;
  useEffect(() => {
    if (isNearEnd && !busy && failure === undefined) goOn();
  }, [isNearEnd, busy, failure, goOn]);
  const numbers = useMemo(() => new Map(digests.map(({ id }, index) => [id, index + 1])), [digests]);
  const isWhole = nextCursor === null;
  return (
    <>
      <Keys digests={digests} rows={rows} virtualizer={virtualizer} />
      <section
        ref={list}
        aria-label={say.digests}
        aria-busy={busy}
        style={{ height: virtualizer.getTotalSize() }}
      >
        <div
          style={{ transform: `translateY(${(items[0]?.start ?? 0) - virtualizer.options.scrollMargin}px)` }}
        >
          {items.map(({ index, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div key={key} ref={virtualizer.measureElement} data-index={index} className="inbox-row">
                {row.kind === "day" ? (
                  <h2 className="day-name">{row.name}</h2>
                ) : (
                  <div className="cards" data-alone={row.digests.length === 1}>
                    {row.digests.map((digest) => (
                      <DigestCard
                        key={digest.id}
                        digest={digest}
                        leading={row.leading}
                        position={numbers.get(digest.id) ?? 0}
                        listLength={isWhole ? digests.length : -1}
                      />
                    ))}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </section>
      <End isWhole={isWhole} count={digests.length} older={older} />
    </>
  );
}

function End({ isWhole, count, older }: { isWhole: boolean; count: number; older: UsedInbox["older"] }) {
  if (older.failure !== undefined) {
    return (
      <div className="older">
        <p className="fault" role="alert">
          {say.olderNotLoaded(explain(older.failure).what)}
        </p>
        <button type="button" className="button-quiet" onClick={older.goOn}>
          {everywhere.tryAgain}
        </button>
      </div>
    );
  }
  if (!isWhole) return <p className="quiet older">{say.loadingOlder}</p>;
  return count > 24 ? <p className="quiet older">{say.theseAreAll}</p> : null;
}

function heightOf(row: Row | undefined, columns: 1 | 2): number {
  if (row?.kind === "day") return estimates.day;
  if (columns === 1) return estimates.phone;
  return row?.leading ? estimates.leading : estimates.cards;
}

function useColumns(): 1 | 2 {
  const isWide = useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(twoColumns);
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => matchMedia(twoColumns).matches,
  );
  return isWide ? 2 : 1;
}

type KeysProps = {
  digests: Inbox["digests"];
  rows: readonly Row[];
  virtualizer: Virtualizer<Window, Element>;
};

/** `j` and `k` go from digest to digest, wherever the focus is. */
function Keys({ digests, rows, virtualizer }: KeysProps) {
  const reading = useReading();
  const focused = () => {
    const id = document.activeElement?.closest<HTMLElement>("[data-digest]")?.dataset["digest"];
    return digests.findIndex((digest) => digest.id === id);
  };
  const walk = (step: 1 | -1) => {
    const from = focused();
    const target = digests[from < 0 ? firstShown(digests) : from + step];
    if (target === undefined) return;
    const row = rows.findIndex((each) => each.kind === "cards" && each.digests.includes(target));
    virtualizer.scrollToIndex(row, { align: "auto" });
    focusOn(target.id);
  };
  return (
    <Shortcuts
      keys={{
        j: { words: say.next, press: () => walk(1) },
        k: { words: say.before, press: () => walk(-1) },
        Enter: { words: say.readIt },
        u: {
          words: say.readOrUnread,
          press: () => {
            const digest = digests[focused()];
            if (digest !== undefined) reading.mark(digest.id, digest.unread);
          },
        },
        "Shift+A": {
          words: say.allRead,
          press: () => {
            const newest = digests
              .map(({ id }) => id)
              .toSorted()
              .at(-1);
            if (newest !== undefined) reading.markAll(newest);
          },
        },
        "/": {
          words: say.askInWords,
          press: () => document.querySelector<HTMLElement>('[data-shortcut="/"]')?.focus(),
        },
      }}
    />
  );
}

/** The first digest that is on the screen. */
function firstShown(digests: Inbox["digests"]): number {
  const shown = [...document.querySelectorAll<HTMLElement>("[data-digest]")].find(
    (card) => card.getBoundingClientRect().bottom > 80,
  );
  return Math.max(
    0,
    digests.findIndex(({ id }) => id === shown?.dataset["digest"]),
  );
}

/** Once its row is in the page, which it may be in one of the next frames. */
function focusOn(id: string, tries = 10): void {
  const card = document.querySelector<HTMLElement>(`[data-digest="${id}"] .card-link`);
  if (card !== null) card.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusOn(id, tries - 1));
}
