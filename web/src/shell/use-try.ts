/** One thing that a form does: whether it is under way, and why it did not work. */
import { useState } from "react";
import { explain } from "../words/refusal.ts";

export function useTry() {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    setFault(undefined);
    work()
      .catch((failure: unknown) => {
        const { what, next } = explain(failure);
        setFault(`${what} ${next}`);
      })
      .finally(() => setBusy(false));
  };
  return { busy, fault, run, say: setFault };
}
