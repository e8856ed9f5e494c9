/** Whether all that was accepted, of every account, is under way or has ended. */
import type { OperatorApi } from "../api/operate.ts";
import { nounOf, statesOf, verdictOf } from "../ledger/ledger-words.ts";
import { Wide } from "../shell/wide.tsx";
import { explain } from "../words/refusal.ts";
import { useOperated } from "./use-operated.ts";

export function AllLedgerPanel({ api }: { api: OperatorApi }) {
  const { value: ledger, failure } = useOperated(["ledger"], api.ledger);
  return (
    <section className="panel" aria-labelledby="all-ledger" aria-busy={ledger === undefined}>
      <h2 id="all-ledger">Ledger of all accounts</h2>
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
          <Wide label="The figures">
            <table>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Accepted</th>
                  <th scope="col">Under way</th>
                  <th scope="col">Ended</th>
                  <th scope="col">Missing</th>
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
                <code>{accountId}</code>: {missing} of {nounOf(noun).toLowerCase()} missing
              </li>
            ))}
            {ledger.faults.map(({ accountId, kind, subject, detail }) => (
              <li key={`${kind} ${subject}`}>
                <code>{subject}</code> of <code>{accountId}</code>: {detail}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
