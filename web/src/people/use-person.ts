/** Who is signed in in this browser, if anybody. */
import { useCallback, useEffect, useState } from "react";
import { connect } from "../api/connect.ts";
import type { Memberships } from "../api/contract.ts";
import { Refusal } from "../api/failure.ts";
import { stay } from "../sign-in/ask.ts";
import { type Explanation, explain } from "../words/refusal.ts";

/** `here` is undefined until it is known, and null for nobody. */
export function usePerson() {
  const [here, setHere] = useState<Memberships | null>();
  const [failure, setFailure] = useState<Explanation>();
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = async () => {
      try {
        setHere(await connect({ credential: { account: undefined } }).memberships(leaving.signal));
        // What cannot be prolonged now ends when it would have ended.
        stay().catch(() => undefined);
      } catch (error) {
        if (leaving.signal.aborted) return;
        if (error instanceof Refusal && error.problem.status === 401) setHere(null);
        else setFailure(explain(error));
      }
    };
    void ask();
    return () => leaving.abort();
  }, [looks]);
  const look = useCallback(() => {
    setFailure(undefined);
    setLooks((before) => before + 1);
  }, []);
  return { here, failure, look };
}
