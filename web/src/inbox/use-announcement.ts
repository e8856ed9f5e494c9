/** Says a digest that has just arrived aloud, and not the ones that were there at the start. */

import { useEffect, useRef, useState } from "react";
import type { InboxDigest } from "../api/contract.ts";
import { say } from "./say.ts";

export function useAnnouncement(items: readonly InboxDigest[] | undefined): string {
  const newest = useRef<string>(undefined);
  const [words, setWords] = useState("");
  useEffect(() => {
    const latest = items?.[0];
    if (latest === undefined) return;
    if (newest.current !== undefined && newest.current !== latest.id) setWords(say.newDigest(latest.title));
    newest.current = latest.id;
  }, [items]);
  return words;
}
