/** Keys of a page, and the sheet on which `?` shows them. None is taken from whoever writes into a field. */

import { useEffect, useId, useRef } from "react";
import { say } from "./say.ts";

/** By key, as `j`, `Enter` or `Shift+A`. Without `press`, the browser does it by itself. */
export type Shortcut = { words: string; press?: () => void };

export function Shortcuts({ keys }: { keys: Readonly<Record<string, Shortcut>> }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || sheet.current?.open) return;
      if (event.key === "?") return sheet.current?.showModal();
      const name =
        event.shiftKey && /^\p{L}$/u.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key;
      const press = current.current[name]?.press;
      if (press === undefined) return;
      event.preventDefault();
      press();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const title = useId();
  return (
    <dialog ref={sheet} className="shortcuts" aria-labelledby={title}>
      <h2 id={title}>{say.keys}</h2>
      <dl>
        {Object.entries({ ...keys, "?": { words: say.thisSheet } }).map(([name, { words }]) => (
          <div key={name}>
            <dt>
              <kbd>{name.replace("Shift+", "⇧ ")}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="button-small">
          {say.close}
        </button>
      </form>
    </dialog>
  );
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
