/** A link inside the console: an ordinary one for the browser, a page change without a reload for a plain click. */
import type { ComponentPropsWithRef, MouseEvent } from "react";
import { go } from "./route.ts";

type Props = ComponentPropsWithRef<"a"> & {
  href: string;
  /** Instead of going to the address: a step back to it. */
  onFollow?: () => void;
};

export function Link({ href, children, onFollow, ...rest }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain) return;
    event.preventDefault();
    if (onFollow === undefined) go(href);
    else onFollow();
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
