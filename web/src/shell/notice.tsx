/** A quiet panel that says what is so and offers one way on. */
import type { ReactNode } from "react";

type Props = {
  title: string;
  detail?: ReactNode;
  action?: string;
  onAction?: () => void;
  /** A small print line, such as a request id to quote. */
  small?: string | undefined;
};

export function Notice({ title, detail, action, onAction, small }: Props) {
  return (
    <section className="notice" role="status">
      <h2>{title}</h2>
      {detail === undefined ? null : <p>{detail}</p>}
      {small === undefined ? null : <p className="small">{small}</p>}
      {action === undefined ? null : (
        <button type="button" className="button" onClick={onAction}>
          {action}
        </button>
      )}
    </section>
  );
}
