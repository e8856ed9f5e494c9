/** Whether all that was accepted, of every account, is under way or has ended. */

import type { OperatorApi } from "../api/operate.ts";
import { nounOf, statesOf, verdictOf } from "../ledger/ledger-words.ts";
import { Wide } from "../shell/wide.tsx";
import { Marked } from "../words/marked.tsx";
import { explain } from "../words/refusal.ts";
import { say } from "./say.ts";
import { useOperated } from "./use-operated.ts";

export function AllLedgerPanel({ api }: { api: OperatorApi }) {
  const { value: ledger, failure } = useOperated(["ledger"], api.ledger);
  return (
    <section className="panel" aria-labelledby="all-ledger" aria-busy={ledger === undefined}>
      <h2 id="all-ledger">{say.allLedger}</h2>
      {failure === undefined ? null : (
        <p className="fault" role="alert">
          {explain(failure).what}
        </p>
      )}
      {ledger === undefined ? (
        <div className="skeleton-line" />
      ) : (
        <>
          <p data-silent={!ledger.balanced}>{verdictOf(ledger)}</p>
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
          <ul className="rows">
            {ledger.unbalanced.map(({ accountId, noun, missing }) => (
              <li key={`${accountId} ${noun}`}>
                <Marked text={say.missingOf(accountId, missing, nounOf(noun))}>
                  {(id) => <code>{id}</code>}
                </Marked>
              </li>
            ))}
            {ledger.faults.map(({ accountId, kind, subject, detail }) => (
              <li key={`${kind} ${subject}`}>
                <Marked text={say.faultOf(subject, accountId, detail)}>{(id) => <code>{id}</code>}</Marked>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
