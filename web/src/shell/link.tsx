/** A link inside the console: an ordinary one for the browser, a page change without a reload for a plain click. */
import type { ComponentPropsWithRef, MouseEvent } from "react";
import { go } from "./route.ts";

export function Link({ href, children, ...rest }: ComponentPropsWithRef<"a"> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
