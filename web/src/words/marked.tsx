/** A message of which a part looks different. */
import { Fragment, type ReactNode } from "react";
import { sign } from "./mark.ts";

type Props = { text: string; children: (part: string) => ReactNode };

export function Marked({ text, children }: Props) {
  return text
    .split(sign)
    .map((part, index) => (
      <Fragment key={`${index} ${part}`}>{index % 2 === 1 ? children(part) : part}</Fragment>
    ));
}
