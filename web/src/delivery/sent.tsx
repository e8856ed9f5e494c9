/** The message of a delivery as its endpoint was sent it, and every attempt to send it. */

import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { Wide } from "../shell/wide.tsx";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime, duration } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 10_000;

export function Sent({ deliveryId }: { deliveryId: string }) {
  const { api, account } = useVisit();
  const load = (signal: AbortSignal) => api.delivery(deliveryId, signal);
  const { value: delivery, failure } = useAnswer(["delivery", deliveryId], load, everyMs);
  if (delivery === undefined) {
    return failure === undefined ? (
      <div className="skeleton-line" aria-busy="true" />
    ) : (
      <p className="fault" role="alert">
        {explain(failure).what}
      </p>
    );
  }
  return (
    <>
      <ol className="rows">
        {delivery.history.map(({ number, at, status, milliseconds, error }) => (
          <li key={number}>
            {say.attempt({
              number,
              when: dateAndTime(at, account.timeZone),
              status,
              took: duration(milliseconds),
              error: everywhere.reported(error ?? ""),
            })}
          </li>
        ))}
      </ol>
      <Wide label={say.message}>
        <pre className="payload">{JSON.stringify(delivery.message, null, 2)}</pre>
      </Wide>
    </>
  );
}
