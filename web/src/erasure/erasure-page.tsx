/** How far an erasure has come, and its receipt: for whoever has its link, also once there is no account to be signed in to. */

import { useEffect, useState } from "react";
import type { Erasure } from "../api/contract.ts";
import { bytesWords } from "../settings/whole-account-words.ts";
import { Mark } from "../shell/mark.tsx";
import { Notice } from "../shell/notice.tsx";
import { number } from "../words/counted.ts";
import { type Explanation, explain } from "../words/refusal.ts";
import { dateAndTime } from "../words/time.ts";
import { askReceipt } from "./ask.ts";
import { say } from "./say.ts";

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
    document.title = say.pageTitle;
  }, []);
  if (erasure === undefined && failure !== undefined) {
    return (
      <main className="alone">
        <Notice title={say.noErasure} detail={say.calledOff} />
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
      <h1>{say.titles[state]}</h1>
      <section className="panel" aria-label={say.howFar}>
        <dl className="facts">
          <dt>{say.askedFor}</dt>
          <dd>{dateAndTime(askedAt, timeZone)}</dd>
          <dt>{state === "asked" ? say.begins : say.began}</dt>
          <dd>{dateAndTime(beginsAt, timeZone)}</dd>
          {doneAt === null ? null : (
            <>
              <dt>{say.done}</dt>
              <dd>{dateAndTime(doneAt, timeZone)}</dd>
            </>
          )}
          <dt>{say.rows}</dt>
          <dd>{number(rows)}</dd>
          <dt>{say.files}</dt>
          <dd>
            {number(counts.objects)} ({bytesWords(counts.bytes)})
          </dd>
          {counts.subscriptions === 0 ? null : (
            <>
              <dt>{say.cancelled}</dt>
              <dd>{counts.subscriptions}</dd>
            </>
          )}
        </dl>
        {counts.subscriptionsLeft === 0 ? null : (
          <p className="fault">{say.notCancelled(counts.subscriptionsLeft)}</p>
        )}
      </section>
      {note === null ? null : (
        <section className="panel" aria-labelledby="receipt-title">
          <h2 id="receipt-title">{say.receipt}</h2>
          <p className="quiet">{say.receiptWhat}</p>
          <pre className="payload receipt">{note}</pre>
        </section>
      )}
    </>
  );
}
