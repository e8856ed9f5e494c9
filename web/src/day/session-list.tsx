/** The sessions of a day: of thousands only those near the screen are in the page. */

import { useEffect } from "react";
import type { SessionSummary } from "../api/contract.ts";
import { useWindowRows } from "../shell/use-window-rows.ts";
import { DaySession } from "./day-session.tsx";
import { say } from "./say.ts";

/** How near the end, in rows, more are asked for. */
const rowsAhead = 30;
/** Pixels, until a session has been measured. */
const estimate = () => 150;

type Props = {
  date: string;
  sessions: readonly SessionSummary[];
  onNearEnd: () => void;
  onAsked: () => void;
};

export function SessionList({ date, sessions, onNearEnd, onAsked }: Props) {
  const rows = sessions.map((session) => ({ key: session.id }));
  const { list, virtualizer } = useWindowRows({ name: `day ${date}`, rows, estimate });
  const items = virtualizer.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) + rowsAhead >= sessions.length;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);
  const above = (items[0]?.start ?? 0) - virtualizer.options.scrollMargin;
  return (
    <section ref={list} aria-label={say.sessions} style={{ height: virtualizer.getTotalSize() }}>
      <div style={{ transform: `translateY(${above}px)` }}>
        {items.map(({ index, key }) => {
          const session = sessions[index];
          return session === undefined ? null : (
            <div key={key} ref={virtualizer.measureElement} data-index={index} className="day-row">
              <DaySession session={session} position={index + 1} onAsked={onAsked} />
            </div>
          );
        })}
      </div>
    </section>
  );
}
