/** The page's title: how many digests are unread, as the browser's tab shows it. */
import { useEffect } from "react";
import type { UnreadCount } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";

export function useTitle(unread: UnreadCount | undefined): void {
  const { account } = useVisit();
  const many = unreadWords(unread);
  useEffect(() => {
    document.title = `${many === "" ? "" : `(${many}) `}Vigil · ${account.name}`;
  }, [many, account.name]);
}

/** `""` for none, `12`, `100+`. */
export function unreadWords(unread: UnreadCount | undefined): string {
  if (unread === undefined || unread.count === 0) return "";
  return unread.count >= unread.countedMax ? `${unread.countedMax}+` : String(unread.count);
}
