/** The ledger: what was accepted, what is under way, how the rest ended, and whether that is all of it. */

import { useEffect } from "react";
import type { Ledger } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { Wide } from "../shell/wide.tsx";
import { everywhere } from "../words/say.ts";
import { ago } from "../words/time.ts";
import { nounOf, statesOf, verdictOf } from "./ledger-words.ts";
import { say } from "./say.ts";

const everyMs = 10_000;

export function LedgerPage() {
  const { api } = useVisit();
  const { value: ledger } = useAnswer(["ledger"], api.ledger, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page gateways" tabIndex={-1} aria-busy={ledger === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.ledger}</h1>
      {ledger === undefined ? <div className="skeleton-line" /> : <Lines ledger={ledger} />}
    </main>
  );
}

function Lines({ ledger }: { ledger: Ledger }) {
  const { account } = useVisit();
  const now = useNow(10_000);
  return (
    <section className="panel" aria-labelledby="ledger-verdict">
      <h2 id="ledger-verdict" data-silent={!ledger.balanced}>
        {ledger.balanced ? say.balances : say.doesNotBalance}
      </h2>
      <p>{verdictOf(ledger)}</p>
      <Wide label={say.figures}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.what}</th>
              <th scope="col">{say.accepted}</th>
              <th scope="col">{say.underWay}</th>
              <th scope="col">{say.ended}</th>
              <th scope="col">{say.missing}</th>
            </tr>
          </thead>
          <tbody>
            {ledger.lines.map((line) => (
              <tr key={line.noun}>
                <th scope="row">{nounOf(line.noun)}</th>
                <td>{line.accepted}</td>
                <td>{statesOf(line, "under way")}</td>
                <td>{statesOf(line, "ended")}</td>
                <td data-silent={line.missing !== 0}>{line.missing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {ledger.faults.length === 0 ? null : (
        <ul className="rows">
          {ledger.faults.map(({ kind, subject, detail }) => (
            <li key={`${kind} ${subject}`} className="row">
              <div>
                <p>{subject}</p>
                <p className="quiet">{detail}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{say.readAt(ago(ledger.at, account.timeZone, now))}</p>
    </section>
  );
}
