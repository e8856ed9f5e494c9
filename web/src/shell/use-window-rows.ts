/** Rows of a long list, of which only those near the screen are in the page. Whoever steps back finds the list as they left it. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";
import { isReturning } from "./route.ts";
import { useVisit } from "./visit.ts";

/** Rows that are ready beyond each edge of the screen. */
const rowsBeyond = 6;

type Options = {
  /** What list it is: under it the reader's place is kept. */
  name: string;
  rows: readonly { key: string }[];
  /** Pixels, until a row has been measured. */
  estimate: (index: number) => number;
};

export function useWindowRows({ name, rows, estimate }: Options) {
  const { places } = useVisit();
  const list = useRef<HTMLElement>(null);
  const place = isReturning() ? places.get(name) : undefined;
  const margin = useRef(0);
  useLayoutEffect(() => {
    margin.current = list.current?.offsetTop ?? 0;
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: estimate,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: rowsBeyond,
    scrollMargin: margin.current,
    ...(place === undefined
      ? {}
      : { initialMeasurementsCache: place.measured, initialOffset: place.scrollY }),
    useFlushSync: false,
  });
  const kept = useRef(virtualizer);
  kept.current = virtualizer;
  useLayoutEffect(() => {
    const before = isReturning() ? places.get(name) : undefined;
    if (before !== undefined) window.scrollTo(0, before.scrollY);
    return () => {
      // The window itself may stand at the top of the next page already.
      const { scrollOffset, measurementsCache } = kept.current;
      places.set(name, { scrollY: scrollOffset ?? 0, measured: [...measurementsCache] });
    };
  }, [places, name]);
  return { list, virtualizer };
}
