/** How far an erasure has come, and its receipt: for whoever has its link, also once there is no account to be signed in to. */
import { useEffect, useState } from "react";
import type { Erasure } from "../api/contract.ts";
import { bytesWords } from "../settings/whole-account-words.ts";
import { Mark } from "../shell/mark.tsx";
import { Notice } from "../shell/notice.tsx";
import { type Explanation, explain } from "../words/refusal.ts";
import { dateAndTime } from "../words/time.ts";
import { askReceipt } from "./ask.ts";

const everyMs = 5_000;

function useErasure(id: string) {
  const [erasure, setErasure] = useState<Erasure>();
  const [failure, setFailure] = useState<Explanation>();
  useEffect(() => {
    const leaving = new AbortController();
    const ask = async () => {
      try {
        setErasure(await askReceipt(id, leaving.signal));
        setFailure(undefined);
      } catch (error) {
        if (!leaving.signal.aborted) setFailure(explain(error));
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [id]);
  return { erasure, failure };
}

export function ErasurePage() {
  const [id] = useState(() => /era_[0-9a-f]{32}/.exec(location.hash)?.[0] ?? "");
  const { erasure, failure } = useErasure(id);
  useEffect(() => {
    document.title = "Erasure · Vigil";
  }, []);
  if (erasure === undefined && failure !== undefined) {
    return (
      <main className="alone">
        <Notice title="There is no such erasure" detail="It was called off, or the link is not whole." />
      </main>
    );
  }
  return (
    <main className="page endpoints" aria-busy={erasure === undefined}>
      <p className="actions">
        <Mark /> Vigil
      </p>
      {erasure === undefined ? null : <Told erasure={erasure} />}
    </main>
  );
}

function Told({ erasure }: { erasure: Erasure }) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { state, askedAt, beginsAt, doneAt, counts, note } = erasure;
  const rows = Object.values(counts.rows).reduce((sum, more) => sum + more, 0);
  return (
    <>
      <h1>{titles[state]}</h1>
      <section className="panel" aria-label="How far it has come">
        <dl className="facts">
          <dt>Asked for</dt>
          <dd>{dateAndTime(askedAt, timeZone)}</dd>
          <dt>{state === "asked" ? "Begins" : "Began"}</dt>
          <dd>{dateAndTime(beginsAt, timeZone)}</dd>
          {doneAt === null ? null : (
            <>
              <dt>Done</dt>
              <dd>{dateAndTime(doneAt, timeZone)}</dd>
            </>
          )}
          <dt>Rows</dt>
          <dd>{rows.toLocaleString("en-GB")}</dd>
          <dt>Pictures and files</dt>
          <dd>
            {counts.objects.toLocaleString("en-GB")} ({bytesWords(counts.bytes)})
          </dd>
          {counts.subscriptions === 0 ? null : (
            <>
              <dt>Subscriptions cancelled</dt>
              <dd>{counts.subscriptions}</dd>
            </>
          )}
        </dl>
        {counts.subscriptionsLeft === 0 ? null : (
          <p className="fault">
            {counts.subscriptionsLeft} could not be cancelled from here. Cancel with the payment provider.
          </p>
        )}
      </section>
      {note === null ? null : (
        <section className="panel" aria-labelledby="receipt-title">
          <h2 id="receipt-title">The receipt</h2>
          <p className="quiet">
            It is signed with the key that signs Vigil’s evidence log, and names nobody.
          </p>
          <pre className="payload receipt">{note}</pre>
        </section>
      )}
    </>
  );
}

const titles: Readonly<Record<Erasure["state"], string>> = {
  asked: "An account is to be erased",
  erasing: "An account is being erased",
  erased: "The account was erased",
};
